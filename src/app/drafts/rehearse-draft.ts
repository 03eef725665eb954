import type { Knex } from 'knex';
import type { Db } from '../../db/connect.ts';
import { loadVersion, type LoadedVersion } from '../../db/queries/campaigns.ts';
import { insertPool } from '../../db/queries/coupons.ts';
import type { Actor } from '../../domain/actor.ts';
import { missingPools, policiesAfter } from '../campaigns/apply.ts';
import { mustBeValid, type BuiltCampaign } from '../campaigns/build-campaign.ts';
import { lintCampaign } from '../campaigns/lint-campaign.ts';
import { rehearseLoaded, type RehearsalReport } from '../rehearse.ts';
import { draftFiles } from './draft-files.ts';

/**
 * What a wave of the saved draft would do at `decisionAt` if it were published, by the code of a real wave; nothing is kept. The
 * version is the one that it would become. Throws NotFound without a draft, CampaignInvalid where it has errors.
 */
export async function rehearseDraft(input: {
  db: Knex;
  campaignId: string;
  actor: Actor;
  decisionAt: Date;
  onProgress?: (done: number, total: number) => void;
}): Promise<RehearsalReport> {
  const { db, campaignId, actor, decisionAt, onProgress } = input;
  const file = await draftFiles(db, campaignId);
  const { built, problems } = await lintCampaign({ file, db, now: decisionAt, quick: true });
  const campaign = mustBeValid({ ...built, problems });
  const trx = await db.transaction();
  try {
    // Publishing would make its pools: their codes are drawn as if it had.
    for (const missing of await missingPools(trx, campaign)) await insertPool(trx, { ...missing, actor });
    const loaded = await asPublished(trx, { ...built, campaign }, actor);
    const policies = await policiesAfter(trx, campaign);
    return await rehearseLoaded({ db: trx, loaded, policies, decisionAt, ...(onProgress && { onProgress }) });
  } finally {
    await trx.rollback();
  }
}

/** A new campaign gets its salt when it is published: until then its draws are those of a salt of its own. */
async function asPublished(
  db: Db,
  built: BuiltCampaign & { campaign: LoadedVersion['campaign'] },
  author: Actor,
): Promise<LoadedVersion> {
  const { campaign, contents, hash } = built;
  const campaignId = campaign.campaign;
  const current = await loadVersion(db, { campaignId });
  const around = { campaignId, hash, campaign, contents, author, publishedAt: new Date() };
  if (!current) return { ...around, salt: `draft of ${campaignId}`, state: 'active', version: 1 };
  return { ...around, salt: current.salt, state: current.state, version: current.version + 1 };
}
