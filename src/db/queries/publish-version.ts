import { randomBytes } from 'node:crypto';
import type { Actor } from '../../domain/actor.ts';
import type { Campaign } from '../../domain/campaign.schema.ts';
import type { StoredContents } from '../../templates/facts.ts';
import type { Db } from '../connect.ts';

/** published: a new version; reinstated: an older version with the same hash is in force again; unchanged: nothing written. */
export interface PublishResult {
  disposition: 'published' | 'reinstated' | 'unchanged';
  version: number;
  /** True when the campaign did not exist before. */
  first: boolean;
}

/** A definition with its compiled texts and the YAML it came from. */
export interface NewVersion {
  campaign: Campaign;
  contents: StoredContents;
  source: string;
  /** The texts beside it, by the names that it knows them by; absent: not kept. */
  files?: Record<string, string>;
  /** sha256 (hex) of definition and contents. */
  hash: string;
  author: Actor;
}

/**
 * Puts a definition in force: idempotent by hash, serialised per campaign by its row. Makes the campaign with a random salt
 * and its budget row at the first time. Call it inside a transaction.
 */
export async function publishVersion(trx: Db, input: NewVersion): Promise<PublishResult> {
  const campaignId = input.campaign.campaign;
  const inForce = await lockCampaign(trx, { campaignId, actor: input.author });
  const versions = await trx('campaign_versions')
    .where({ campaign_id: campaignId })
    .select<{ version: number; hash: string }[]>('version', 'hash');
  const same = versions.find((row) => row.hash === input.hash);
  const first = versions.length === 0;
  if (same && same.version === inForce) return { disposition: 'unchanged', version: same.version, first };
  const version = same?.version ?? Math.max(0, ...versions.map((row) => row.version)) + 1;
  if (!same) await insertVersion(trx, { ...input, version });
  await trx('campaigns').where({ campaign_id: campaignId }).update({ current_version: version });
  return { disposition: same ? 'reinstated' : 'published', version, first };
}

/** The version in force, null for a campaign that is new; its row stays locked until the transaction ends. */
async function lockCampaign(trx: Db, input: { campaignId: string; actor: Actor }): Promise<number | null> {
  const { campaignId, actor } = input;
  const salt = randomBytes(16).toString('hex');
  await trx('campaigns').insert({ campaign_id: campaignId, salt, actor }).onConflict('campaign_id').ignore();
  await trx('campaign_budgets').insert({ campaign_id: campaignId }).onConflict('campaign_id').ignore();
  const locked = await trx('campaigns')
    .where({ campaign_id: campaignId })
    .forUpdate()
    .first<{ current_version: number | null }>('current_version');
  return locked.current_version;
}

async function insertVersion(trx: Db, input: NewVersion & { version: number }): Promise<void> {
  await trx('campaign_versions').insert({
    campaign_id: input.campaign.campaign,
    version: input.version,
    hash: input.hash,
    source: input.source,
    files: input.files === undefined ? null : JSON.stringify(input.files),
    definition: JSON.stringify(input.campaign),
    contents: JSON.stringify(input.contents),
    author: input.author,
  });
}
