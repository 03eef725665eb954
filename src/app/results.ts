import type { Actor } from '../domain/actor.ts';
import { RecallwaveError } from '../domain/failures.ts';
import type { GoalProgress } from '../domain/goals.ts';
import type { ReadDimension } from '../domain/read-inputs.ts';
import type { CampaignRead } from '../domain/read.ts';
import { loadVersion } from '../db/queries/campaigns.ts';
import { listReads, type ReadLine } from '../db/queries/reads.ts';
import type { Db } from '../db/connect.ts';
import { readCampaign } from '../learning/read-campaign.ts';
import { goalProgress } from './goals.ts';
import { namedCampaign } from './named.ts';
import { resultsPage } from './pictures/results-page.ts';
import type { PictureLanguage } from './pictures/words/words.ts';

export { repeatRead, type RepeatedRead } from '../learning/repeat-read.ts';
export type { ReadLine } from '../db/queries/reads.ts';
export { PICTURE_POLICY } from './pictures/drawing/document.ts';
export { PICTURE_LANGUAGES, type PictureLanguage } from './pictures/words/words.ts';

/** What `results` shows: a read, under which number it is kept, and the goals of the campaign file against what came. */
export interface ResultsReport {
  readNo: number;
  read: CampaignRead;
  goals: GoalProgress[];
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
  return { readNo, read, goals: await goalProgress({ db, campaignId, asOf }) };
}

/** The newest reads that are kept of a campaign, newest first. Throws NotFound. */
export async function storedReads(db: Db, input: { campaign: string; limit: number }): Promise<ReadLine[]> {
  return listReads(db, await namedCampaign(db, input.campaign), input.limit);
}

/** A read as one self-contained HTML page, with the campaign's name in the page's language where it has one. */
export async function resultsHtml(input: {
  db: Db;
  report: ResultsReport;
  language: PictureLanguage;
}): Promise<string> {
  const { db, report, language } = input;
  const { readNo, read, goals } = report;
  const names = (await loadVersion(db, { campaignId: read.campaignId }))?.campaign.name ?? {};
  const name = names[language] ?? Object.values(names)[0] ?? null;
  const repeat = { readNo, command: `recallwave results --repeat ${readNo}` };
  return resultsPage(read, { name, language, goals, repeat });
}
