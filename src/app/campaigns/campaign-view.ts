import type { Knex } from 'knex';
import { approvedMaximum } from '../../db/queries/approvals.ts';
import { currentSettings } from '../../db/queries/settings.ts';
import type { LivePolicy } from '../../domain/assignment.ts';
import type { Campaign } from '../../domain/campaign.schema.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import { nearest } from '../../domain/nearest.ts';
import { limitsInWords, type Limits } from './limits-in-words.ts';
import { campaignOverviews, type CampaignOverview } from './overview.ts';
import { showCampaign } from './show-campaign.ts';

/** A campaign with its version in force (null: nothing is published yet) and what holds for its waves. */
export interface CampaignView extends CampaignOverview, Limits {
  hash: string | null;
  definition: Campaign | null;
  policies: LivePolicy[];
  openEntries: { version: number; entries: number }[];
  /** Users above which a wave waits for a person; `approved` null: the version was not approved in the console. */
  maximum: { users: number; file: number; approved: number | null } | null;
}

/** Everything about a campaign but its users. Throws NotFound with the nearest name. */
export async function campaignView(
  db: Knex,
  { campaignId, now }: { campaignId: string; now: Date },
): Promise<CampaignView> {
  const all = await campaignOverviews(db, now);
  const overview = all.find((one) => one.campaignId === campaignId);
  if (!overview) {
    const names = all.map((one) => one.campaignId);
    const near = nearest(campaignId, names);
    const fix = near === undefined ? 'look at the list of campaigns' : `did you mean ${near}?`;
    throw new RecallwaveError('NotFound', `there is no campaign "${campaignId}"`, fix);
  }
  const { settings } = await currentSettings(db);
  if (overview.version === null) {
    const nothing = { hash: null, definition: null, policies: [], openEntries: [], maximum: null };
    return { ...overview, ...limitsInWords(settings, null), ...nothing };
  }
  const { hash, definition, policies, openEntries, version } = await showCampaign(db, { campaignId, now });
  const approved = await approvedMaximum(db, { campaignId, version });
  const file = definition.audience.max;
  return {
    ...overview,
    ...limitsInWords(settings, definition),
    hash,
    definition,
    policies,
    openEntries,
    maximum: { users: Math.min(file, approved ?? file), file, approved },
  };
}
