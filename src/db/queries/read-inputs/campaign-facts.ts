import type { Campaign } from '../../../domain/campaign.schema.ts';
import { RecallwaveError } from '../../../domain/failures.ts';
import { minorUnits } from '../../../domain/money.ts';
import type { ReadArm } from '../../../domain/read-inputs.ts';
import { CHANNELS } from '../../../domain/words.ts';
import type { Db } from '../../connect.ts';
import { rows, sql } from '../../sql.ts';
import { loadVersion, type LoadedVersion } from '../campaigns.ts';

/** What an arm gives away, as the version of the entry says. */
export interface OfferPrice {
  version: number;
  action: string;
  arm: string;
  costMinor: number;
  pool: string | null;
}

/** What a message of a channel costs, as the version of its wave says. */
export interface SendPrice {
  version: number;
  channel: string;
  costMinor: number;
}

/** What one message of an arm's first step costs, as a version says. */
export interface TouchPrice {
  version: number;
  action: string;
  arm: string;
  costMinor: number;
}

/** What a campaign's read and evidence depend on besides entries and events. Goal, margin and guardrails are the version's in force. */
export interface CampaignFacts {
  campaignId: string;
  version: number;
  campaign: Campaign;
  asOf: Date;
  /** Of the versions that have waves or recorded entries, and of the one in force. */
  arms: ReadArm[];
  /** Only offers and channels that cost something. */
  offerPrices: OfferPrice[];
  sendPrices: SendPrice[];
  /** What the first touch of an arm costs on its first channel: recorded experiments don't say which was taken. */
  touchPrices: TouchPrice[];
  /** Pools of which a code was redeemed by `asOf`: there, an offer counts as used only where its code came back. */
  redeemingPools: string[];
  /** Whether the campaign has entries of a recorded experiment. */
  recorded: boolean;
}

/** Arms whose offers cost something and come from a pool whose codes come back. */
export function codedArms(facts: CampaignFacts): OfferPrice[] {
  return facts.offerPrices.filter(({ pool }) => pool !== null && facts.redeemingPools.includes(pool));
}

/** Reads the versions, prices and arms of a campaign. Throws RecallwaveError NotFound. */
export async function loadCampaignFacts(db: Db, input: { campaignId: string; asOf: Date }): Promise<CampaignFacts> {
  const { campaignId, asOf } = input;
  const current = await loadVersion(db, { campaignId });
  if (!current) {
    throw new RecallwaveError(
      'NotFound',
      `there is no campaign ${campaignId}`,
      'see the names with: recallwave campaign list',
    );
  }
  const versions = [...(await enteredVersions(db, current)), current];
  const pools = await rows<{ pool: string }>(
    db,
    sql`select distinct pool from coupon_codes where state = 'redeemed' and not test and redeemed_at <= ${asOf} order by pool`,
  );
  const [recorded] = await rows<{ any: boolean }>(
    db,
    sql`select exists (select from entries where campaign_id = ${campaignId} and recorded_no is not null) as any`,
  );
  return {
    campaignId,
    version: current.version,
    campaign: current.campaign,
    asOf,
    arms: armsOf(versions),
    offerPrices: versions.flatMap(offerPrices).filter((price) => price.costMinor > 0),
    sendPrices: versions.flatMap(sendPrices).filter((price) => price.costMinor > 0),
    touchPrices: versions.flatMap(touchPrices).filter((price) => price.costMinor > 0),
    redeemingPools: pools.map((row) => row.pool),
    recorded: recorded?.any ?? false,
  };
}

/** Versions before the one in force that may have entries, oldest first. */
async function enteredVersions(db: Db, current: LoadedVersion): Promise<LoadedVersion[]> {
  const { campaignId } = current;
  const numbers = await rows<{ version: number }>(
    db,
    sql`select version from (
        select version from waves where campaign_id = ${campaignId} and version is not null
        union select version from entries where campaign_id = ${campaignId} and recorded_no is not null) v
      where version <> ${current.version} order by version`,
  );
  const loaded: LoadedVersion[] = [];
  for (const { version } of numbers) {
    const found = await loadVersion(db, { campaignId, version });
    if (found) loaded.push(found);
  }
  return loaded;
}

/** An arm that several versions have is as the last of them says. */
function armsOf(versions: readonly LoadedVersion[]): ReadArm[] {
  const arms = new Map<string, ReadArm>();
  for (const { campaign } of versions) {
    for (const action of campaign.actions) {
      for (const arm of action.arms) {
        arms.set(`${action.id}/${arm.id}`, {
          arm: arm.id,
          action: action.id,
          control: arm.control,
          sends: arm.steps.length > 0,
        });
      }
    }
  }
  return [...arms.values()];
}

function offerPrices({ version, campaign }: LoadedVersion): OfferPrice[] {
  return campaign.actions.flatMap((action) =>
    action.arms.map((arm) => ({
      version,
      action: action.id,
      arm: arm.id,
      costMinor: minorUnits(arm.offer?.cost ?? 0, campaign.currency),
      pool: arm.offer?.pool ?? null,
    })),
  );
}

function touchPrices({ version, campaign }: LoadedVersion): TouchPrice[] {
  return campaign.actions.flatMap((action) =>
    action.arms.flatMap((arm) => {
      const channel = arm.steps[0]?.channels[0];
      if (channel === undefined) return [];
      const costMinor = minorUnits(campaign.costs[channel], campaign.currency);
      return [{ version, action: action.id, arm: arm.id, costMinor }];
    }),
  );
}

function sendPrices({ version, campaign }: LoadedVersion): SendPrice[] {
  return CHANNELS.map((channel) => ({
    version,
    channel,
    costMinor: minorUnits(campaign.costs[channel], campaign.currency),
  }));
}
