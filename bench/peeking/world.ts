import { combineMoments } from '../../src/experiments/means.ts';
import type { Counts, Moments } from '../../src/experiments/shapes.ts';
import type { Random } from '../../tests/support/seeded-random.ts';
import { binomial } from './binomial.ts';

/** How experiments of one kind are made: what happens to whom, known exactly. */
export interface World {
  goal: 'rate' | 'revenue';
  /** Share of entries held out. */
  holdout: number;
  /** Share of the held out who reach the goal. */
  baseRate: number;
  /** Treatment multiplies the base rate by 1 + lift; 0: a null world. */
  lift: number;
  entriesPerDay: number;
  days: number;
}

/** What happened to the entries of one day on one side. */
export interface Side extends Counts {
  /** Revenue per entry, minor units; centred sums. */
  revenue: Moments;
  unsubscribed: number;
  complained: number;
}

/** A day of an experiment. */
export interface WorldDay {
  arm: Side;
  against: Side;
}

/** Higher than usual beside the margins of inputs.ts, so that guardrails have something to get wrong. */
const UNSUBSCRIBE_RATE = 0.01;
const COMPLAINT_RATE = 0.001;

/** Amounts: lognormal with median 30.00 and σ = 1, cut at its 99.9th percentile (3.09 σ) as a read cuts them. */
const LOG_MEDIAN = Math.log(3000);
const LOG_SD = 1;
const CAP = Math.exp(LOG_MEDIAN + 3.0902 * LOG_SD);
/** Mean of such an amount: exp(μ + σ²/2)·Φ(z − σ) + cap·(1 − Φ(z)), z = 3.0902. */
export const MEAN_AMOUNT = Math.exp(LOG_MEDIAN + LOG_SD ** 2 / 2) * 0.981703 + CAP * 0.001;

function amount(random: Random): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  return Math.min(CAP, Math.exp(LOG_MEDIAN + LOG_SD * normal));
}

function revenueOf(random: Random, { converted, entries }: Counts): Moments {
  const spent = Array.from({ length: converted }, () => ({ entries: 1, mean: amount(random), m2: 0 }));
  return combineMoments([{ entries: entries - converted, mean: 0, m2: 0 }, ...spent]);
}

function sideOf(random: Random, entries: number, input: { rate: number; goal: World['goal'] }): Side {
  const converted = binomial(random, entries, input.rate);
  return {
    entries,
    converted,
    revenue: input.goal === 'revenue' ? revenueOf(random, { converted, entries }) : { entries, mean: 0, m2: 0 },
    unsubscribed: binomial(random, entries, UNSUBSCRIBE_RATE),
    complained: binomial(random, entries, COMPLAINT_RATE),
  };
}

/** One experiment, day by day: who is held out is drawn anew for every entry. */
export function experimentOf(world: World, random: Random): WorldDay[] {
  const { goal, baseRate } = world;
  return Array.from({ length: world.days }, () => {
    const held = binomial(random, world.entriesPerDay, world.holdout);
    return {
      arm: sideOf(random, world.entriesPerDay - held, { rate: baseRate * (1 + world.lift), goal }),
      against: sideOf(random, held, { rate: baseRate, goal }),
    };
  });
}
