import { DateTime } from 'luxon';
import type { Db } from '../db/connect.ts';
import { loadVersion } from '../db/queries/campaigns.ts';
import { firstEntryAt, goalCounts } from '../db/queries/goals.ts';
import type { Campaign } from '../domain/campaign.schema.ts';
import { RecallwaveError } from '../domain/failures.ts';
import type { GoalPeriod, GoalProgress, GoalStanding } from '../domain/goals.ts';

type Goal = Campaign['goals'][number];

/** A calendar period [start, end) of the campaign's zone. */
interface Period {
  start: DateTime;
  end: DateTime;
}

const MOST_PERIODS = 6;

/**
 * The goals of the version in force against what came (L8): this week or month and up to five before it, from the campaign's first
 * entry on. Counts entries that the campaign contacted and that then reached the goal; what would have come anyway is in it.
 * Empty where the file has no goals. Throws NotFound.
 */
export async function goalProgress(input: { db: Db; campaignId: string; asOf: Date }): Promise<GoalProgress[]> {
  const { db, campaignId, asOf } = input;
  const loaded = await loadVersion(db, { campaignId });
  if (!loaded) throw new RecallwaveError('NotFound', `there is no campaign ${campaignId}`);
  const { goals, timezone, goal } = loaded.campaign;
  if (goals.length === 0) return [];
  const first = (await firstEntryAt(db, { campaignId, asOf })) ?? asOf;
  const asked = goals.flatMap((one) =>
    periodsOf(one.period, { timezone, first, asOf }).map((period) => ({ one, period })),
  );
  const counts = await goalCounts(db, {
    campaignId,
    event: goal.event,
    asOf,
    questions: asked.map(({ one, period }) => ({
      from: period.start.toJSDate(),
      to: period.end.toJSDate(),
      channel: one.channel ?? null,
    })),
  });
  return goals.map((one) => ({
    name: one.name,
    channel: one.channel ?? null,
    period: one.period,
    target: one.target,
    periods: asked.flatMap((question, i) =>
      question.one === one ? [progressIn(one, question.period, { came: counts[i] ?? 0, asOf })] : [],
    ),
  }));
}

/** This period and those before it, newest first. */
function periodsOf(unit: Goal['period'], of: { timezone: string; first: Date; asOf: Date }): Period[] {
  const now = DateTime.fromJSDate(of.asOf, { zone: of.timezone }).startOf(unit);
  return Array.from({ length: MOST_PERIODS }, (_, back) => ({
    start: now.minus({ [unit]: back }),
    end: now.minus({ [unit]: back }).plus({ [unit]: 1 }),
  })).filter((period, back) => back === 0 || period.end.toJSDate() > of.first);
}

function progressIn(goal: Goal, period: Period, now: { came: number; asOf: Date }): GoalPeriod {
  const { came, asOf } = now;
  const [start, end] = [period.start.toMillis(), period.end.toMillis()];
  const gone = Math.min(1, (asOf.getTime() - start) / (end - start));
  const standing = standingOf({ came, target: goal.target, gone });
  const from = period.start.toFormat('yyyy-MM-dd');
  const to = period.end.minus({ days: 1 }).toFormat('yyyy-MM-dd');
  const words = gone < 1 ? `${Math.floor(gone * 100)} % of the ${goal.period} gone, ` : '';
  const sentence = `${goal.name}, ${from} to ${to}: ${came} of ${goal.target}, ${words}${STANDINGS[standing]}`;
  return { from, to, came, gone, standing, sentence };
}

const STANDINGS: Record<GoalStanding, string> = {
  reached: 'reached',
  on_track: 'on track',
  behind: 'behind',
  missed: 'missed',
};

/** On track: what came is at least the target's share of the time that is gone. */
function standingOf(of: { came: number; target: number; gone: number }): GoalStanding {
  if (of.came >= of.target) return 'reached';
  if (of.gone >= 1) return 'missed';
  return of.came >= of.target * of.gone ? 'on_track' : 'behind';
}
