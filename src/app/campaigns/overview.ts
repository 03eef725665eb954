import type { Knex } from 'knex';
import { openApprovals, type ApprovalRow } from '../../db/queries/approvals.ts';
import { lastWaves, type LastWave } from '../../db/queries/campaign-lines.ts';
import { listCampaigns, type CampaignState, type LoadedVersion } from '../../db/queries/campaigns.ts';
import { listDrafts, type DraftHead } from '../../db/queries/drafts.ts';
import { nextRun } from '../../policy/campaign-dates.ts';
import { lineOf, type CampaignLine } from './show-campaign.ts';

/** An open draft without its texts, and the approval that allows publishing it. */
export interface DraftLine extends DraftHead {
  approval: ApprovalRow | null;
}

/** A campaign as a list of all shows it; `draft`: nothing is published yet, and what a version says is null. */
export type CampaignOverview = { [Key in keyof Omit<CampaignLine, 'state'>]: CampaignLine[Key] | null } & {
  campaignId: string;
  name: Record<string, string>;
  state: CampaignState | 'draft';
  /** By the schedule of the version in force; null while nothing runs. */
  nextRun: Date | null;
  lastWave: LastWave | null;
  draft: DraftLine | null;
};

/** Every campaign, and every draft of one that isn't published yet, in order of id. */
export async function campaignOverviews(db: Knex, now: Date): Promise<CampaignOverview[]> {
  const versions = await listCampaigns(db);
  const drafts = await openDrafts(db);
  const waves = await lastWaves(
    db,
    versions.map(({ campaignId }) => campaignId),
  );
  const known = versions.map((version) => ({
    ...published(version, now),
    lastWave: waves.find((wave) => wave.campaignId === version.campaignId) ?? null,
    draft: drafts.find((draft) => draft.campaignId === version.campaignId) ?? null,
  }));
  const fresh = drafts.filter((draft) => !versions.some(({ campaignId }) => campaignId === draft.campaignId));
  return [...known, ...fresh.map(unpublished)].toSorted((a, b) => (a.campaignId < b.campaignId ? -1 : 1));
}

/** Every open draft with the approval that stands for it, in order of campaign. */
export async function openDrafts(db: Knex): Promise<DraftLine[]> {
  const approvals = await openApprovals(db);
  const drafts = await listDrafts(db);
  return drafts.map((draft) => ({
    ...draft,
    approval: approvals.find(({ campaignId }) => campaignId === draft.campaignId) ?? null,
  }));
}

function published(version: LoadedVersion, now: Date): Omit<CampaignOverview, 'lastWave' | 'draft'> {
  return { ...lineOf(version), nextRun: version.state === 'active' ? nextRun(version.campaign, now) : null };
}

function unpublished(draft: DraftLine): CampaignOverview {
  return {
    campaignId: draft.campaignId,
    name: {},
    state: 'draft',
    version: null,
    priority: null,
    schedule: null,
    author: null,
    publishedAt: null,
    nextRun: null,
    lastWave: null,
    draft,
  };
}
