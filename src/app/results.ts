import type { Actor } from '../domain/actor.ts';
import { RecallwaveError } from '../domain/failures.ts';
import type { ReadDimension } from '../domain/read-inputs.ts';
import type { CampaignRead } from '../domain/read.ts';
import { listReads, type ReadLine } from '../db/queries/reads.ts';
import type { Db } from '../db/connect.ts';
import { readCampaign } from '../learning/read-campaign.ts';
import { namedCampaign } from './named.ts';

/** What `results` shows: a read, and under which number it is kept. */
export interface ResultsReport {
  readNo: number;
  read: CampaignRead;
}

/** Reads a campaign as of a moment that is not ahead of `now`, and keeps the read. Throws NotFound and BadInput. */
export async function results(input: {
  db: Db;
  campaign: string;
  asOf: Date;
  now: Date;
  by: ReadDimension | null;
  actor: Actor;
}): Promise<ResultsReport> {
  const { db, campaign, asOf, now, by, actor } = input;
  const campaignId = await namedCampaign(db, campaign);
  if (asOf.getTime() > now.getTime()) {
    throw new RecallwaveError(
      'BadInput',
      `--as-of ${asOf.toISOString()} is ahead of the clock (${now.toISOString()}): what has not happened can't be read`,
      'leave it out for a read as of now, or name a time that has passed',
    );
  }
  const { readNo, read } = await readCampaign({ db, campaignId, asOf, by, actor });
  return { readNo, read };
}

/** The newest reads that are kept of a campaign, newest first. Throws NotFound. */
export async function storedReads(db: Db, input: { campaign: string; limit: number }): Promise<ReadLine[]> {
  return listReads(db, await namedCampaign(db, input.campaign), input.limit);
}

export { repeatRead, type RepeatedRead } from '../learning/repeat-read.ts';
export type { ReadLine } from '../db/queries/reads.ts';
