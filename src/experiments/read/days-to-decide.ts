import type { MetricDefinition, ReadInputs } from '../../domain/read-inputs.ts';
import { confidenceSequence } from '../sequential/confidence-sequence.ts';
import { entriesOf } from './cells.ts';
import type { Comparison } from './comparison.ts';
import type { Effect } from './effect.ts';
import { isStillDrawn } from './still-drawn.ts';

const DAY_MS = 86_400_000;
/** Further away than this is "not in time". */
const LONGEST_DAYS = 365;
/** Variance of the log odds ratios that the e-process bets on (mixture.ts: weights N(0, 0.5²)). */
const BET_VARIANCE = 0.25;
const MOST_ENTRIES = 1e12;

/** When something can be decided: in `days`; or never in time, and why. */
export type Outlook = { days: number } | { days: null; why: 'until' | 'year' | 'no_new_entries' };

/**
 * Entries of both groups together that an effect of the expected size takes to leave zero outside its always-valid interval:
 * the observed one, or goal.minLift where that is larger and has not been ruled out by now. Infinity where it never would.
 */
export function entriesToDecide(input: {
  comparison: Comparison;
  metric: MetricDefinition;
  effect: Effect;
  minLift: number;
  level: number;
}): number {
  const { comparison, effect, minLift } = input;
  const { absolute, against } = effect;
  if (absolute === null || against === null) return Infinity;
  const hoped = Math.abs(against) * minLift;
  const observed = Math.abs(absolute.value);
  const sign = absolute.value < 0 ? -1 : 1;
  const now = comparison.entries + comparison.entriesAgainst;
  const needed = neededFor(input, sign * Math.max(observed, hoped));
  return needed > now || observed >= hoped ? needed : neededFor(input, absolute.value);
}

function neededFor(
  input: { comparison: Comparison; metric: MetricDefinition; effect: Effect; level: number },
  difference: number,
): number {
  const { comparison, metric, effect, level } = input;
  const now = comparison.entries + comparison.entriesAgainst;
  if (difference === 0) return Infinity;
  if (metric.kind === 'rate') {
    const share = comparison.entries / now;
    const base = { share, rate: effect.against ?? 0, entries: comparison.entriesAgainst };
    return smallest(now, (entries) => betWins({ ...base, difference, total: entries, alpha: 1 - level }));
  }
  if (effect.se === null || !(effect.se > 0)) return Infinity;
  const sigma = effect.se * Math.sqrt(now);
  return smallest(now, (entries) => confidenceSequence({ entries, sigma, alpha: 1 - level }) < Math.abs(difference));
}

/**
 * Whether the e-process is expected to reach 1/α: with L the log odds ratio, I its information and τ² the bet's variance,
 * ½L²I·Iτ²/(1 + Iτ²) − ½ln(1 + Iτ²) ≥ −ln α (normal mixture, Robbins 1970).
 */
function betWins(input: {
  share: number;
  rate: number;
  entries: number;
  difference: number;
  total: number;
  alpha: number;
}): boolean {
  const { share, difference, total, alpha } = input;
  const half = 0.5 / (input.entries + 1);
  const inside = (rate: number): number => Math.min(1 - half, Math.max(half, rate));
  const p0 = inside(input.rate);
  const p1 = inside(p0 + difference);
  const logOdds = Math.log((p1 * (1 - p0)) / ((1 - p1) * p0));
  const information = total / (1 / (share * p1 * (1 - p1)) + 1 / ((1 - share) * p0 * (1 - p0)));
  const bet = information * BET_VARIANCE;
  return ((logOdds ** 2 * information) / 2) * (bet / (1 + bet)) - Math.log(1 + bet) / 2 >= -Math.log(alpha);
}

/** The smallest number of entries that is enough, at least `now`, by doubling and halving. */
function smallest(now: number, enough: (entries: number) => boolean): number {
  let high = Math.max(1, now);
  while (!enough(high)) {
    high *= 2;
    if (high > MOST_ENTRIES) return Infinity;
  }
  let low = high === Math.max(1, now) ? 0 : high / 2;
  while (high - low > Math.max(1, low * 1e-3)) {
    const middle = (low + high) / 2;
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return Math.ceil(high);
}

/** When the two groups of a comparison will have `needed` mature entries: from cohorts under way, then from new entries. */
export function outlook(inputs: ReadInputs, comparison: Comparison, needed: number): Outlook {
  const now = comparison.entries + comparison.entriesAgainst;
  const whole = inputs.cells.filter((cell) => cell.slice === null);
  const share = isStillDrawn(inputs, comparison) ? now / Math.max(1, entriesOf(whole)) : 0;
  let missing = Math.max(1, needed - now);
  const asOf = Date.parse(inputs.asOf);
  for (const cohort of inputs.immature.toSorted((a, b) => Date.parse(a.maturesAt) - Date.parse(b.maturesAt))) {
    missing -= cohort.entries * share;
    if (missing <= 0) return within(Math.max(1, Math.ceil((Date.parse(cohort.maturesAt) - asOf) / DAY_MS)));
  }
  const perDay = inputs.entriesPerDay * share;
  if (!(perDay > 0)) return { days: null, why: 'no_new_entries' };
  const open = Math.ceil(missing / perDay);
  // New entries come until the campaign's end; they may mature after it.
  const lastDay = inputs.until === null ? Infinity : Date.parse(`${inputs.until}T00:00:00Z`) + DAY_MS;
  if (asOf + open * DAY_MS > lastDay) return { days: null, why: 'until' };
  return within(open + inputs.goal.windowDays);
}

function within(days: number): Outlook {
  return days > LONGEST_DAYS ? { days: null, why: 'year' } : { days };
}
