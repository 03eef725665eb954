import type { MetricDefinition, MetricSums, ReadCell, ReadInputs, Stratum } from '../../src/domain/read-inputs.ts';
import { aDefinition } from './world.ts';

/** Hand-made inputs of a read, for tests of the pure statistics. */

const RATE = { kind: 'rate', margin: null, capMinor: null } as const;

export const GOAL: MetricDefinition = { id: 'goal', label: 'purchase', role: 'goal', ...RATE };
export const REVENUE_GOAL: MetricDefinition = {
  id: 'goal',
  label: 'revenue per entry',
  role: 'goal',
  kind: 'mean',
  margin: null,
  capMinor: null,
};
export const UNSUBSCRIBE: MetricDefinition = {
  id: 'unsubscribe',
  label: 'unsubscribe',
  role: 'guardrail',
  kind: 'rate',
  margin: 0.005,
  capMinor: null,
};
export const REFUND: MetricDefinition = {
  id: 'refund',
  label: 'refunds per entry',
  role: 'guardrail',
  kind: 'mean',
  margin: 50,
  capMinor: null,
};
export const NET: MetricDefinition = {
  id: 'net_value',
  label: 'net value per entry',
  role: 'money',
  kind: 'mean',
  margin: null,
  capMinor: null,
};

/** A stratum of action `offer` in which 10 % are held out, 10 % of the rest untreated, and the rest gets arm `mail`. */
export function aStratum(fields: Partial<Stratum> = {}): Stratum {
  return {
    stratum: 0,
    action: 'offer',
    inInterval: true,
    pGlobalHoldout: 0,
    pHoldout: 0.1,
    pTreat: 0.9,
    armShares: { mail: 1 },
    source: 'live',
    designFrom: 'policy',
    ...fields,
  };
}

/** `converted` of `entries` as the sums of a rate. */
export function rateSums(converted: number, entries: number): MetricSums {
  return { converted, sum: converted, m2: entries > 0 ? (converted * (entries - converted)) / entries : 0 };
}

/** Sums of `entries` amounts of which `converted` are `amount` and the rest zero. */
export function amountSums(converted: number, entries: number, amount: number): MetricSums {
  return { converted, sum: converted * amount, m2: (amount ** 2 * converted * (entries - converted)) / entries };
}

/** A cell of group `group`; `goal` converted. Other metrics by their sums, 0 unless named. */
export function aCell(
  group: string,
  entries: number,
  goal: number,
  fields: Partial<Omit<ReadCell, 'group' | 'entries' | 'metrics'>> & { metrics?: Record<string, MetricSums> } = {},
): ReadCell {
  const { metrics, ...rest } = fields;
  return {
    stratum: 0,
    group,
    day: '2026-05-01',
    slice: null,
    entries,
    metrics: { goal: rateSums(goal, entries), unsubscribe: rateSums(0, entries), ...metrics },
    ...rest,
  };
}

/** Inputs of one arm `mail` against 10 % holdout and 9 % untreated, read on 2026-06-01; overrides replace whole keys. */
export function someInputs(overrides: Partial<ReadInputs> = {}): ReadInputs {
  return {
    campaignId: 'winback',
    version: 1,
    asOf: '2026-06-01T00:00:00.000Z',
    by: null,
    currency: 'USD',
    goal: aDefinition().goal,
    until: null,
    arms: [{ arm: 'mail', action: 'offer', control: false, sends: true }],
    metrics: [GOAL, UNSUBSCRIBE],
    strata: [aStratum()],
    cells: [aCell('mail', 8100, 972), aCell('holdout', 1000, 80), aCell('untreated', 900, 72)],
    novelty: [],
    immature: [],
    entriesPerDay: 500,
    remarks: {
      otherCurrencyEvents: 0,
      eventsBeforeEntry: 0,
      cappedAmounts: 0,
      newestEventAt: '2026-05-31T12:00:00.000Z',
    },
    ...overrides,
  };
}
