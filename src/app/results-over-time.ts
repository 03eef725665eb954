import type { Knex } from 'knex';
import { campaignChanges, type CampaignChange } from '../db/queries/campaign-changes.ts';
import { findRead, readPoints, readsBefore, type ReadLine, type StoredRead } from '../db/queries/reads.ts';
import { RecallwaveError } from '../domain/failures.ts';
import type { GoalProgress } from '../domain/goals.ts';
import type { ReadDimension } from '../domain/read-inputs.ts';
import type { CampaignRead, Contrast, Estimate } from '../domain/read.ts';
import { goalProgress } from './goals.ts';
import { namedCampaign } from './named.ts';

const DAYS_SHOWN = 90;
const CHANGES_SHOWN = 200;
const DAY_MS = 86_400_000;

/** Kept reads of a campaign before a number (null: from the newest), newest first. Throws NotFound. */
export async function pageOfReads(
  db: Knex,
  input: { campaignId: string; beforeNo: number | null; limit: number },
): Promise<(ReadLine & { by: ReadDimension | null })[]> {
  return readsBefore(db, { ...input, campaignId: await namedCampaign(db, input.campaignId) });
}

/** A kept read as it was made, with the goals as of its moment. */
export interface KeptRead {
  readNo: number;
  read: CampaignRead;
  goals: GoalProgress[];
  actor: string;
  at: Date;
}

/** Shows a kept read. Throws NotFound. */
export async function keptRead(db: Knex, readNo: number): Promise<KeptRead> {
  const found: StoredRead | null = await findRead(db, readNo);
  if (found === null) {
    throw new RecallwaveError('NotFound', `there is no read ${readNo}`, 'see the reads of a campaign');
  }
  const { campaignId, asOf, result, actor, at } = found;
  return { readNo, read: result, goals: await goalProgress({ db, campaignId, asOf }), actor, at };
}

/** The goals of a campaign against what came by now. Throws NotFound. */
export async function campaignGoals(db: Knex, input: { campaignId: string; asOf: Date }): Promise<GoalProgress[]> {
  const { campaignId, asOf } = input;
  return goalProgress({ db, campaignId: await namedCampaign(db, campaignId), asOf });
}

/** The effects on the goal at a moment, as a kept read has them; absolute lift. */
export interface ResultPoint {
  readNo: number;
  asOf: Date;
  decision: CampaignRead['verdict']['decision'];
  entries: number;
  lines: (Pick<Contrast, 'action' | 'arm' | 'against'> & {
    effect: Estimate | null;
    alwaysValid: { low: number; high: number; level: number } | null;
  })[];
}

interface Period {
  campaignId: string;
  /** Absent: 90 days before `to`. */
  from?: Date | undefined;
  to: Date;
}

/** Results over time: the newest kept read of each day. Throws NotFound. */
export async function resultPoints(db: Knex, period: Period): Promise<ResultPoint[]> {
  const points = await readPoints(db, await named(db, period));
  return points.map(({ contrasts, ...point }) => ({
    ...point,
    lines: contrasts.map(({ action, arm, against, absolute, alwaysValid }) => ({
      action,
      arm,
      against,
      effect: absolute,
      alwaysValid: alwaysValid && { low: alwaysValid.low, high: alwaysValid.high, level: alwaysValid.level },
    })),
  }));
}

/** What changed meanwhile, newest first, at most 200. Throws NotFound. */
export async function changesOf(db: Knex, period: Period): Promise<CampaignChange[]> {
  return campaignChanges(db, { ...(await named(db, period)), limit: CHANGES_SHOWN });
}

async function named(
  db: Knex,
  { campaignId, from, to }: Period,
): Promise<{ campaignId: string; from: Date; to: Date }> {
  const start = from ?? new Date(to.getTime() - DAYS_SHOWN * DAY_MS);
  return { campaignId: await namedCampaign(db, campaignId), from: start, to };
}
