import { listCampaigns } from '../db/queries/campaigns.ts';
import { loadAccuracyInputs } from '../db/queries/warning-accuracy.ts';
import type { Db } from '../db/connect.ts';
import { RecallwaveError } from '../domain/failures.ts';
import type { WarningAccuracy } from '../domain/warning-accuracy.ts';
import { warningAccuracy } from '../experiments/accuracy/warning-accuracy.ts';
import { namedCampaign } from './named.ts';

/** Score bands where no campaign was named, whose own would be taken. */
const BANDS = 10;

/** How right the warnings were as of a moment, on held-out people of one campaign or of all, of one model or of all. Throws NotFound and BadInput. */
export async function accuracyOfWarnings(input: {
  db: Db;
  campaign: string | null;
  model: string | null;
  asOf: Date;
  now: Date;
}): Promise<WarningAccuracy> {
  const { db, campaign, model, asOf, now } = input;
  if (asOf.getTime() > now.getTime()) {
    throw new RecallwaveError(
      'BadInput',
      `--as-of ${asOf.toISOString()} is ahead of the clock (${now.toISOString()}): what has not happened can't be judged`,
      'leave it out for now, or name a time that has passed',
    );
  }
  const campaignId = campaign === null ? null : await namedCampaign(db, campaign);
  const versions = (await listCampaigns(db)).filter((row) => campaignId === null || row.campaignId === campaignId);
  const [only] = campaignId === null ? [] : versions;
  const inputs = await loadAccuracyInputs(db, {
    campaigns: versions.map((row) => ({ campaignId: row.campaignId, returnEvents: row.campaign.returnEvents })),
    asOf,
    model,
    bands: only?.campaign.policy.bands ?? BANDS,
  });
  return warningAccuracy(inputs, { asOf: asOf.toISOString(), campaignId, model });
}
