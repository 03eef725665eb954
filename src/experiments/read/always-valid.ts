import type { MetricDefinition } from '../../domain/read-inputs.ts';
import type { Contrast } from '../../domain/read.ts';
import { confidenceSequence } from '../sequential/confidence-sequence.ts';
import { eProcess } from '../sequential/e-process.ts';
import { oddsRatioSequence } from '../sequential/odds-ratio-sequence.ts';
import type { Day } from '../shapes.ts';
import { countsOf, groupBy } from './cells.ts';
import type { Comparison } from './comparison.ts';
import type { Effect } from './effect.ts';
import { estimate } from './estimate.ts';

type AlwaysValid = NonNullable<Contrast['alwaysValid']>;

/** Conversions on either side under which the confidence sequence of a mean promises nothing. */
const SMALLEST_CONVERSIONS = 20;

/** An interval and p that hold at every look, or why there are none. */
export function alwaysValid(
  comparison: Comparison,
  metric: MetricDefinition,
  { effect, level }: { effect: Effect; level: number },
): { interval: AlwaysValid | null; why: string | null } {
  if (effect.absolute === null) return { interval: null, why: null };
  return metric.kind === 'rate'
    ? { interval: ofRate(comparison, metric.id, { effect, level }), why: null }
    : ofMean(comparison, metric.id, { effect, level });
}

/** Days of each propensity are strata of their own, in order of time: what chance did on one says nothing about the other. */
function daysOf(comparison: Comparison, metric: string): Day[] {
  const cells = comparison.strata.flatMap((stratum, index) => [
    ...stratum.arm.map((cell) => ({ cell, index, treated: true })),
    ...stratum.against.map((cell) => ({ cell, index, treated: false })),
  ]);
  const strata = groupBy(cells, ({ cell, index }) => `${cell.day} ${String(index).padStart(6, '0')}`);
  return [...strata]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, parts]) => {
      const side = (treated: boolean): ReturnType<typeof countsOf> =>
        countsOf(
          parts.filter((part) => part.treated === treated).map((part) => part.cell),
          metric,
        );
      const [arm, against] = [side(true), side(false)];
      return { n1: arm.entries, k1: arm.converted, n0: against.entries, k0: against.converted };
    })
    .filter((day) => day.n1 > 0 && day.n0 > 0);
}

/** The exact conditional e-process over days; its odds ratios as differences from the comparator's rate. */
function ofRate(
  comparison: Comparison,
  metric: string,
  { effect, level }: { effect: Effect; level: number },
): AlwaysValid | null {
  const days = daysOf(comparison, metric);
  const last = eProcess(days).at(-1);
  const logOdds = oddsRatioSequence(days, level);
  if (last === undefined || logOdds === null || effect.against === null) return null;
  const base = insideUnit(effect.against, comparison.entriesAgainst);
  return {
    low: riskDifference(logOdds.low, base),
    high: riskDifference(logOdds.high, base),
    level,
    p: last.p,
  };
}

/** A rate of 0 or 1 has no odds: half an entry is put on the empty side. */
function insideUnit(rate: number, entries: number): number {
  const half = 0.5 / (entries + 1);
  return Math.min(1 - half, Math.max(half, rate));
}

/** p₁ − p₀ for a log odds ratio at p₀: p₁ = ψp₀/(1 − p₀ + ψp₀); −p₀ and 1 − p₀ at its ends. */
function riskDifference(logOdds: number, base: number): number {
  const logit = Math.log(base / (1 - base)) + logOdds;
  return 1 / (1 + Math.exp(-logit)) - base;
}

/** The asymptotic confidence sequence of the difference of means, each entry with the spread that gives the same standard error. */
function ofMean(
  comparison: Comparison,
  metric: string,
  { effect, level }: { effect: Effect; level: number },
): { interval: AlwaysValid | null; why: string | null } {
  const { absolute, se } = effect;
  const sides = (['arm', 'against'] as const).map((side) =>
    countsOf(
      comparison.blocks.flatMap((block) => block[side]),
      metric,
    ),
  );
  const fewest = Math.min(...sides.map((side) => side.converted));
  if (fewest < SMALLEST_CONVERSIONS) {
    const why = `always-valid intervals of amounts need ${SMALLEST_CONVERSIONS} entries with an amount on either side; there are ${fewest}`;
    return { interval: null, why };
  }
  if (absolute === null || se === null || !(se > 0)) return { interval: null, why: null };
  const entries = comparison.entries + comparison.entriesAgainst;
  const half = (alpha: number): number => confidenceSequence({ entries, sigma: se * Math.sqrt(entries), alpha });
  const width = half(1 - level);
  const interval = estimate(absolute.value, { low: absolute.value - width, high: absolute.value + width });
  return {
    interval: interval && {
      low: interval.low,
      high: interval.high,
      level,
      p: smallestAlpha(half, Math.abs(absolute.value)),
    },
    why: null,
  };
}

const SMALLEST_LOG_P = -700;
const HALVINGS = 60;

/** The smallest α whose interval still leaves out zero, by bisection of its logarithm; 1 where none does. */
function smallestAlpha(half: (alpha: number) => number, distance: number): number {
  let [low, high] = [SMALLEST_LOG_P, 0];
  if (!(half(Math.exp(-1e-9)) < distance)) return 1;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (half(Math.exp(middle)) < distance) high = middle;
    else low = middle;
  }
  return Math.exp(high);
}
