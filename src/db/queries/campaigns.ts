import type { Actor } from '../../domain/actor.ts';
import { campaignSchema, type Campaign } from '../../domain/campaign.schema.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import type { StoredContents } from '../../templates/facts.ts';
import type { Db } from '../connect.ts';
import { recordAudit } from './audit.ts';

export type CampaignState = 'active' | 'paused' | 'archived';

/** A published version with its campaign: what planning, rendering and `show` work from. */
export interface LoadedVersion {
  campaignId: string;
  /** Of the assignment hash; never changes. */
  salt: string;
  state: CampaignState;
  version: number;
  /** sha256 (hex) of the definition and contents. */
  hash: string;
  campaign: Campaign;
  contents: StoredContents;
  author: Actor;
  publishedAt: Date;
}

interface VersionRow {
  campaign_id: string;
  salt: string;
  state: CampaignState;
  version: number;
  hash: string;
  definition: unknown;
  contents: StoredContents;
  author: string;
  published_at: Date;
}

const COLUMNS = [
  'c.campaign_id',
  'c.salt',
  'c.state',
  'v.version',
  'v.hash',
  'v.definition',
  'v.contents',
  'v.author',
  'v.published_at',
];

function toLoadedVersion(row: VersionRow): LoadedVersion {
  return {
    campaignId: row.campaign_id,
    salt: row.salt,
    state: row.state,
    version: row.version,
    hash: row.hash,
    // Parsed again so that keys which a later release adds have their defaults.
    campaign: campaignSchema.parse(row.definition),
    contents: row.contents,
    author: row.author,
    publishedAt: row.published_at,
  };
}

/** The version in force, or the one asked for; null where there is none. */
export async function loadVersion(
  db: Db,
  input: { campaignId: string; version?: number },
): Promise<LoadedVersion | null> {
  const row = await db('campaigns as c')
    .join('campaign_versions as v', 'v.campaign_id', 'c.campaign_id')
    .where('c.campaign_id', input.campaignId)
    .where('v.version', input.version ?? db.ref('c.current_version'))
    .first<VersionRow | undefined>(COLUMNS);
  return row ? toLoadedVersion(row) : null;
}

/** Every campaign that is active, with its version in force, in order of id. */
export async function activeCampaigns(db: Db): Promise<LoadedVersion[]> {
  return (await listCampaigns(db)).filter((version) => version.state === 'active');
}

/** Every campaign with its version in force, in order of id. */
export async function listCampaigns(db: Db): Promise<LoadedVersion[]> {
  const rows = await db('campaigns as c')
    .join('campaign_versions as v', (join) =>
      join.on('v.campaign_id', 'c.campaign_id').andOn('v.version', 'c.current_version'),
    )
    .orderBy('c.campaign_id')
    .select<VersionRow[]>(COLUMNS);
  return rows.map(toLoadedVersion);
}

/** One line of a campaign's history. */
export interface VersionLine {
  version: number;
  hash: string;
  author: Actor;
  publishedAt: Date;
  current: boolean;
}

/** The versions of a campaign, newest first. */
export async function versionHistory(db: Db, campaignId: string): Promise<VersionLine[]> {
  const rows = await db('campaign_versions as v')
    .join('campaigns as c', 'c.campaign_id', 'v.campaign_id')
    .where('v.campaign_id', campaignId)
    .orderBy('v.version', 'desc')
    .select<{ version: number; hash: string; author: string; published_at: Date; current_version: number }[]>(
      'v.version',
      'v.hash',
      'v.author',
      'v.published_at',
      'c.current_version',
    );
  return rows.map((row) => ({
    version: row.version,
    hash: row.hash,
    author: row.author,
    publishedAt: row.published_at,
    current: row.version === row.current_version,
  }));
}

/** A version as it was written: its YAML, and its texts by name (null: published before they were kept). */
export interface VersionTexts {
  source: string;
  files: Record<string, string> | null;
}

/** The texts of a version as it was applied; null where there is none. */
export async function versionTexts(
  db: Db,
  input: { campaignId: string; version: number },
): Promise<VersionTexts | null> {
  const row = await db('campaign_versions')
    .where({ campaign_id: input.campaignId, version: input.version })
    .first<VersionTexts | undefined>('source', 'files');
  return row ?? null;
}

/** Pauses, resumes or archives a campaign, with an audit line when that changes anything; returns whether it did. */
export async function setCampaignState(
  db: Db,
  input: { campaignId: string; state: CampaignState; actor: Actor; reason?: string },
): Promise<boolean> {
  return db.transaction(async (trx) => {
    const row = await trx('campaigns')
      .where({ campaign_id: input.campaignId })
      .forUpdate()
      .first<{ state: CampaignState } | undefined>('state');
    if (!row) {
      throw new RecallwaveError(
        'NotFound',
        `there is no campaign ${input.campaignId}`,
        'see the names with: recallwave campaign list',
      );
    }
    if (row.state === input.state) return false;
    await trx('campaigns').where({ campaign_id: input.campaignId }).update({ state: input.state });
    await recordAudit(trx, {
      actor: input.actor,
      action: `campaign.${input.state}`,
      subject: input.campaignId,
      details: { from: row.state, to: input.state, ...(input.reason === undefined ? {} : { reason: input.reason }) },
    });
    return true;
  });
}
