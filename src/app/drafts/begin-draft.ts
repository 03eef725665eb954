import type { Knex } from 'knex';
import { recordAudit } from '../../db/queries/audit.ts';
import { loadVersion } from '../../db/queries/campaigns.ts';
import { insertDraft } from '../../db/queries/drafts.ts';
import type { Actor } from '../../domain/actor.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import { countProblems } from '../campaigns/lint-campaign.ts';
import { lintTexts } from './lint-draft.ts';
import { playbookTexts } from './playbooks.ts';
import { smallCampaign } from './small-campaign.ts';

/**
 * Begins a new campaign as a draft, from a playbook or (null) from a small campaign. Throws NotFound for an unknown playbook,
 * WaveRefused where the id is taken.
 */
export async function beginDraft(input: {
  db: Knex;
  campaignId: string;
  playbook: string | null;
  author: Actor;
  now: Date;
}): Promise<void> {
  const { db, campaignId, playbook, author, now } = input;
  const texts = playbook === null ? smallCampaign(campaignId) : await playbookTexts(playbook, campaignId);
  const linted = await lintTexts({ db, texts, campaignId, now, quick: true });
  await db.transaction(async (trx) => {
    if (await loadVersion(trx, { campaignId })) throw taken(campaignId);
    const draft = {
      campaignId,
      ...texts,
      hash: linted.built.hash || null,
      errors: countProblems(linted.problems).errors,
      author,
    };
    const row = await insertDraft(trx, draft);
    if (!row) throw taken(campaignId);
    const details = { revision: row.revision, playbook, hash: row.hash };
    await recordAudit(trx, { actor: author, action: 'draft.begun', subject: campaignId, details });
  });
}

function taken(campaignId: string): RecallwaveError {
  return new RecallwaveError(
    'WaveRefused',
    `there is a campaign or a draft called ${campaignId}`,
    'take another id, or open that one and change it',
  );
}
