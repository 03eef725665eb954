import type { MetricDefinition } from '../../domain/read-inputs.ts';
import type { Contrast } from '../../domain/read.ts';
import { compareMeans, compareRates } from '../bayes.ts';
import { holm } from '../multiplicity.ts';
import { alwaysValid } from './always-valid.ts';
import { countsOf, groupBy } from './cells.ts';
import { measuring, type Comparison } from './comparison.ts';
import type { Pair } from './design.ts';
import { effectOf, type Effect } from './effect.ts';
import { finiteOrNull } from './estimate.ts';
import { againstWords } from './phrases.ts';

const SLICE_WHY = 'slices are for exploring: no always-valid interval';

/** One comparison on one metric. `level` of the always-valid interval; null: none is made (slices). */
export function contrastOf(whole: Comparison, metric: MetricDefinition, level: number | null): Contrast {
  const comparison = measuring(whole, metric.id);
  const effect = effectOf(comparison, metric);
  const anyLook =
    level === null ? { interval: null, why: SLICE_WHY } : alwaysValid(comparison, metric, { effect, level });
  return {
    action: comparison.action,
    arm: comparison.arm,
    against: comparison.against,
    metric: metric.id,
    method: effect.method,
    entries: comparison.entries,
    entriesAgainst: comparison.entriesAgainst,
    absolute: effect.absolute,
    relative: effect.relative,
    p: finiteOrNull(effect.p),
    pAdjusted: null,
    alwaysValid: anyLook.interval,
    ...posterior(comparison, metric, effect),
    why: whyNot(comparison, metric, effect) ?? anyLook.why,
  };
}

/** Exact Beta posteriors where one design held, else the normal one of the estimate. */
function posterior(
  comparison: Comparison,
  metric: MetricDefinition,
  effect: Effect,
): { chanceBetter: number | null; expectedLoss: number | null } {
  const [block] = comparison.blocks;
  const none = { chanceBetter: null, expectedLoss: null };
  if (effect.arm === null || block === undefined) return none;
  if (metric.kind === 'rate' && effect.method === 'pooled') {
    const { chanceBetter, expectedLoss } = compareRates(
      countsOf(block.arm, metric.id),
      countsOf(block.against, metric.id),
    );
    return { chanceBetter: finiteOrNull(chanceBetter), expectedLoss: finiteOrNull(expectedLoss) };
  }
  if (effect.absolute === null || effect.se === null || !(effect.se > 0)) return none;
  const { chanceBetter, expectedLoss } = compareMeans({ value: effect.absolute.value, se: effect.se });
  return { chanceBetter: finiteOrNull(chanceBetter), expectedLoss: finiteOrNull(expectedLoss) };
}

/** Why there is no answer, or no relative one. */
function whyNot(comparison: Comparison, metric: MetricDefinition, effect: Effect): string | null {
  const other = againstWords(comparison.against);
  if (!comparison.comparable) return `no entry had a chance of both arm ${comparison.arm} and ${other}`;
  if (comparison.entries === 0) return `nobody with a whole outcome window is in arm ${comparison.arm}`;
  if (comparison.entriesAgainst === 0) return `nobody with a whole outcome window is in ${other}`;
  if (effect.absolute === null)
    return `too few entries, or no amount differs: ${metric.label} has no spread to judge by`;
  if (effect.relative === null) return `no relative lift: ${metric.label} of ${other} is not above zero`;
  return null;
}

/** The contrast of a pair on a metric. */
export function findContrast(contrasts: readonly Contrast[], pair: Pair, metric: string): Contrast | undefined {
  return contrasts.find(
    (contrast) =>
      contrast.metric === metric &&
      contrast.action === pair.action &&
      contrast.arm === pair.arm &&
      contrast.against === pair.against,
  );
}

/** Sets `pAdjusted` of the secondary metrics of each comparison, by Holm. */
export function adjustSecondary(contrasts: readonly Contrast[], metrics: readonly MetricDefinition[]): Contrast[] {
  const secondary = new Set(metrics.filter((metric) => metric.role === 'secondary').map((metric) => metric.id));
  const tested = contrasts.filter((contrast) => secondary.has(contrast.metric) && contrast.p !== null);
  const adjusted = new Map<Contrast, number>();
  for (const family of groupBy(tested, ({ action, arm, against }) => JSON.stringify([action, arm, against])).values()) {
    holm(family.map((contrast) => contrast.p ?? 1)).forEach((p, index) => {
      const contrast = family[index];
      if (contrast) adjusted.set(contrast, p);
    });
  }
  return contrasts.map((contrast) => ({ ...contrast, pAdjusted: adjusted.get(contrast) ?? null }));
}
