import type { Db } from '../../db/connect.ts';
import { openEntries } from '../../db/queries/audience.ts';
import {
  listCampaigns,
  loadVersion,
  setCampaignState,
  versionHistory,
  versionTexts,
  type CampaignState,
  type LoadedVersion,
  type VersionLine,
} from '../../db/queries/campaigns.ts';
import { livePolicies } from '../../db/queries/policies.ts';
import type { Actor } from '../../domain/actor.ts';
import type { LivePolicy } from '../../domain/assignment.ts';
import type { Campaign } from '../../domain/campaign.schema.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import { namedCampaign } from '../named.ts';

/** One campaign in a list. */
export interface CampaignLine {
  campaignId: string;
  state: CampaignState;
  version: number;
  name: Record<string, string>;
  priority: number;
  schedule: { at: string; timezone: string; days: string[] | null };
  author: Actor;
  publishedAt: Date;
}

/** Every campaign with its version in force. */
export async function listCampaignLines(db: Db): Promise<CampaignLine[]> {
  return (await listCampaigns(db)).map(lineOf);
}

/** A version as a line of a list. */
export function lineOf(version: LoadedVersion): CampaignLine {
  const { campaign } = version;
  return {
    campaignId: version.campaignId,
    state: version.state,
    version: version.version,
    name: campaign.name,
    priority: campaign.priority,
    schedule: { at: campaign.schedule.at, timezone: campaign.timezone, days: campaign.schedule.days ?? null },
    author: version.author,
    publishedAt: version.publishedAt,
  };
}

/** A version of a campaign with what belongs to it. */
export interface ShownCampaign extends CampaignLine {
  versionInForce: number;
  hash: string;
  definition: Campaign;
  policies: LivePolicy[];
  openEntries: { version: number; entries: number }[];
  /** The YAML as it was applied. */
  source: string;
  /** The texts beside it by name; null: published before they were kept. */
  files: Record<string, string> | null;
}

/** Shows a version, by default the one in force. Throws NotFound with the names or versions that there are. */
export async function showCampaign(
  db: Db,
  input: { campaignId: string; version?: number | undefined; now: Date },
): Promise<ShownCampaign> {
  const campaignId = await namedCampaign(db, input.campaignId);
  const history = await versionHistory(db, campaignId);
  const inForce = history.find((line) => line.current)?.version ?? 0;
  const loaded = await loadVersion(db, { campaignId, version: input.version ?? inForce });
  if (!loaded) {
    throw new RecallwaveError(
      'NotFound',
      `${campaignId} has no version ${input.version}`,
      `there are: ${history.map((line) => line.version).join(', ')}`,
    );
  }
  return {
    ...lineOf(loaded),
    versionInForce: inForce,
    hash: loaded.hash,
    definition: loaded.campaign,
    policies: await livePolicies(db, campaignId),
    openEntries: await openEntries(db, { campaignId, decisionAt: input.now }),
    ...((await versionTexts(db, { campaignId, version: loaded.version })) ?? { source: '', files: null }),
  };
}

/** The versions of a campaign, newest first. Throws NotFound. */
export async function campaignHistory(db: Db, name: string): Promise<VersionLine[]> {
  return versionHistory(db, await namedCampaign(db, name));
}

/** Pauses or resumes a campaign: a paused one starts no new waves, and what running ones have not sent waits. False where it was so already. */
export async function changeCampaignState(input: {
  db: Db;
  name: string;
  state: CampaignState;
  actor: Actor;
  reason?: string;
}): Promise<boolean> {
  const campaignId = await namedCampaign(input.db, input.name);
  return setCampaignState(input.db, { ...input, campaignId });
}
