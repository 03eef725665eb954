import type { MetricDefinition, MetricSums, ReadCell, ReadInputs } from '../../src/domain/read-inputs.ts';
import type { Counts, Moments } from '../../src/experiments/shapes.ts';
import type { Side, World, WorldDay } from './world.ts';

/** Margins of a campaign file that doesn't name any: 0.5 and 0.1 percentage points. */
export const MARGINS = { unsubscribed: 0.005, complained: 0.001 };

const GUARDRAILS: MetricDefinition[] = [
  {
    id: 'unsubscribe',
    label: 'unsubscribe',
    kind: 'rate',
    role: 'guardrail',
    margin: MARGINS.unsubscribed,
    capMinor: null,
  },
  { id: 'complaint', label: 'complaint', kind: 'rate', role: 'guardrail', margin: MARGINS.complained, capMinor: null },
];
const GOALS: Record<World['goal'], MetricDefinition> = {
  rate: { id: 'goal', label: 'purchase', kind: 'rate', role: 'goal', margin: null, capMinor: null },
  revenue: { id: 'goal', label: 'revenue', kind: 'mean', role: 'goal', margin: null, capMinor: null },
};

const START = Date.parse('2026-01-01T00:00:00Z');
const DAY_MS = 86_400_000;
/** The campaign would go on for this long after the last look. */
const DAYS_LEFT = 90;

function isoDay(day: number): string {
  return new Date(START + day * DAY_MS).toISOString().slice(0, 10);
}

function ofCounts({ converted, entries }: Counts): MetricSums {
  return { converted, sum: converted, m2: entries === 0 ? 0 : converted * (1 - converted / entries) };
}

function ofMoments({ entries, mean, m2 }: Moments, converted: number): MetricSums {
  return { converted, sum: mean * entries, m2 };
}

function cellOf(side: Side, goal: World['goal'], at: { group: string; day: number }): ReadCell {
  const { entries } = side;
  return {
    stratum: 1,
    group: at.group,
    day: isoDay(at.day),
    slice: null,
    entries,
    metrics: {
      goal: goal === 'rate' ? ofCounts(side) : ofMoments(side.revenue, side.converted),
      unsubscribe: ofCounts({ converted: side.unsubscribed, entries }),
      complaint: ofCounts({ converted: side.complained, entries }),
    },
  };
}

/** The inputs of a read after each day, as the database would aggregate them; every entry is mature on the day of its look. */
export function inputsByDay(world: World, days: readonly WorldDay[]): ReadInputs[] {
  const cells = days.flatMap((day, at) => [
    cellOf(day.arm, world.goal, { group: 'mail', day: at }),
    cellOf(day.against, world.goal, { group: 'holdout', day: at }),
  ]);
  return days.map((_, at) => ({
    campaignId: 'peeking',
    version: 1,
    asOf: new Date(START + (at + 1) * DAY_MS).toISOString(),
    by: null,
    currency: 'USD',
    goal: { event: 'purchase', windowDays: 1, minLift: 0.1, value: world.goal === 'rate' ? 'count' : 'revenue' },
    until: isoDay(world.days + DAYS_LEFT),
    arms: [{ arm: 'mail', action: 'coupon', control: false, sends: true }],
    metrics: [GOALS[world.goal], ...GUARDRAILS],
    strata: [
      {
        stratum: 1,
        action: 'coupon',
        inInterval: true,
        pGlobalHoldout: 0,
        pHoldout: world.holdout,
        pTreat: 1,
        armShares: { mail: 1 },
        source: 'live',
        designFrom: 'policy',
      },
    ],
    cells: cells.slice(0, 2 * (at + 1)),
    novelty: [],
    immature: [],
    entriesPerDay: world.entriesPerDay,
    remarks: { otherCurrencyEvents: 0, eventsBeforeEntry: 0, cappedAmounts: 0, newestEventAt: null },
  }));
}
