import { normalCdf, normalQuantile } from './distributions/normal.ts';
import { confidenceSequence } from './sequential/confidence-sequence.ts';

/** What is compared before there are outcomes: a rate, or a mean amount per entry with its standard deviation (same unit). */
export type Baseline = { kind: 'rate'; rate: number } | { kind: 'mean'; mean: number; sd: number };

/** Two groups of one experiment, and how it is looked at. */
export interface Design {
  baseline: Baseline;
  /** Shares of all entries that fall to each group (0..1). */
  shareTreated: number;
  shareControl: number;
  /** Two-sided chance of a false alarm. */
  alpha: number;
  /** `daily`: by the read's always-valid interval, which may be looked at every day; `once`: a fixed test at the end. */
  looks: 'once' | 'daily';
}

/** Variance of the log odds ratios that the e-process bets on (sequential/mixture.ts: weights N(0, 0.5²)). */
const BET_VARIANCE = 0.25;
const POWER = 0.8;
const MOST_ENTRIES = 1e12;
const LARGEST_LIFT = 1e3;
const HALVINGS = 60;

/** The effect in standard errors, and how many of them it takes to leave zero outside the interval. */
interface Signal {
  drift: number;
  boundary: number;
}

function signalOf(design: Design, lift: number, entries: number): Signal {
  const { baseline, alpha, looks } = design;
  const [treated, control] = [entries * design.shareTreated, entries * design.shareControl];
  const once = -normalQuantile(alpha / 2);
  if (baseline.kind === 'mean') {
    const error = baseline.sd * Math.sqrt(1 / treated + 1 / control);
    const drift = (baseline.mean * lift) / error;
    const both = treated + control;
    // One standard error as the unit: σ = √n per entry.
    const daily = confidenceSequence({ entries: both, sigma: Math.sqrt(both), alpha });
    return { drift, boundary: looks === 'once' ? once : daily };
  }
  const p0 = baseline.rate;
  const p1 = Math.min(1, p0 * (1 + lift));
  const drift = (p1 - p0) / Math.sqrt((p1 * (1 - p1)) / treated + (p0 * (1 - p0)) / control);
  if (looks === 'once') return { drift, boundary: once };
  const logOdds = Math.log((p1 * (1 - p0)) / ((1 - p1) * p0));
  const information = 1 / (1 / (treated * p1 * (1 - p1)) + 1 / (control * p0 * (1 - p0)));
  // Where few convert, log odds promise more than the counts can keep; the weaker of the two is taken.
  return { drift: Math.min(drift, logOdds * Math.sqrt(information)), boundary: mixtureBoundary(information, alpha) };
}

/** |z| at which a normal mixture with information I reaches 1/α: √(2(1 + 1/(Iτ²))·(½ln(1 + Iτ²) − ln α)) (Robbins 1970). */
function mixtureBoundary(information: number, alpha: number): number {
  const bet = information * BET_VARIANCE;
  return Math.sqrt(2 * (1 + 1 / bet) * (Math.log(1 + bet) / 2 - Math.log(alpha)));
}

function isPossible({ baseline, shareTreated, shareControl }: Design): boolean {
  const spread =
    baseline.kind === 'rate' ? baseline.rate > 0 && baseline.rate < 1 : baseline.mean > 0 && baseline.sd > 0;
  return spread && shareTreated > 0 && shareControl > 0;
}

/**
 * Probability of telling a relative lift from nothing with so many entries in all, by the normal approximation with unpooled
 * variance (Fleiss, Statistical Methods for Rates and Proportions; means: σ√(1/n₁ + 1/n₀)); `daily` counts only what the last
 * look shows, so it is a lower bound. 0 where a group is empty or nothing can differ.
 */
export function chanceToSee(design: Design, input: { lift: number; entries: number }): number {
  const { lift, entries } = input;
  if (!isPossible(design) || !(lift > 0) || !(entries > 0)) return 0;
  const { drift, boundary } = signalOf(design, lift, entries);
  // A treated rate of 1 has no error of its own left.
  return Number.isFinite(drift) ? normalCdf(drift - boundary) : 0;
}

/** Entries in all that it takes to see the lift with probability 0.8; Infinity where no number does. */
export function entriesToSee(design: Design, lift: number): number {
  const enough = (entries: number): boolean => chanceToSee(design, { lift, entries }) >= POWER;
  let high = 1;
  while (!enough(high)) {
    high *= 2;
    if (high > MOST_ENTRIES) return Infinity;
  }
  return Math.ceil(bisect({ low: high / 2, high, enough }));
}

/** The smallest relative lift that so many entries show with probability 0.8; Infinity where none is. */
export function liftToSee(design: Design, entries: number): number {
  const { baseline } = design;
  const largest =
    baseline.kind === 'rate' ? ((1 - baseline.rate) / baseline.rate) * (1 - Number.EPSILON) : LARGEST_LIFT;
  const enough = (lift: number): boolean => chanceToSee(design, { lift, entries }) >= POWER;
  // Near certainty a rate's information vanishes, so the largest lift need not be the easiest to see.
  let high = largest;
  for (let halving = 0; halving < HALVINGS && !enough(high); halving++) high /= 2;
  return enough(high) ? bisect({ low: 0, high, enough }) : Infinity;
}

/** The least value that is enough, where all above it are: `high` is, `low` isn't. */
function bisect(range: { low: number; high: number; enough: (value: number) => boolean }): number {
  let { low, high } = range;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (range.enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}
