import type { MetricDefinition } from '../../domain/read-inputs.ts';
import type { ContrastMethod, Estimate } from '../../domain/read.ts';
import { steadied, welch } from '../means.ts';
import { postStratifiedMean, postStratifiedRate } from '../post-stratified.ts';
import { newcombe } from '../proportions.ts';
import { rateTest } from '../rate-test.ts';
import { relativeMean, relativeRate } from '../relative-lift.ts';
import type { Counts, Moments } from '../shapes.ts';
import { countsOf, momentsOf } from './cells.ts';
import type { Comparison } from './comparison.ts';
import { estimate } from './estimate.ts';
import { relativeStratified } from './relative-stratified.ts';

/** Level of the intervals that hold at one look. */
export const LEVEL = 0.95;

/** What a comparison says about one metric at a fixed look. */
export interface Effect {
  method: ContrastMethod;
  absolute: Estimate | null;
  relative: Estimate | null;
  p: number | null;
  /** Standard error of the absolute effect; null where there is none. */
  se: number | null;
  /** Value of the two sides, standardised to the same mix of strata; null: nobody there. */
  arm: number | null;
  against: number | null;
}

const NONE = { absolute: null, relative: null, p: null, se: null, arm: null, against: null };

/** Absolute and relative effect with interval and p: Newcombe and Welch where one design held, else within the strata. */
export function effectOf(comparison: Comparison, metric: MetricDefinition): Effect {
  const method = comparison.blocks.length > 1 ? 'post_stratified' : 'pooled';
  if (comparison.entries === 0 || comparison.entriesAgainst === 0) return { method, ...NONE };
  if (method === 'post_stratified') return stratifiedEffect(comparison, metric);
  const [block] = comparison.blocks;
  if (block === undefined) return { method, ...NONE };
  return metric.kind === 'rate'
    ? rateEffect(countsOf(block.arm, metric.id), countsOf(block.against, metric.id))
    : meanEffect(momentsOf(block.arm, metric.id), momentsOf(block.against, metric.id));
}

function rateEffect(arm: Counts, against: Counts): Effect {
  const [p1, p0] = [arm.converted / arm.entries, against.converted / against.entries];
  const interval = newcombe(arm, against, LEVEL);
  return {
    method: 'pooled',
    absolute: interval && estimate(p1 - p0, interval),
    relative: p0 > 0 ? finite(relativeRate(arm, against, LEVEL)) : null,
    p: rateTest(arm, against)?.p ?? null,
    se: Math.sqrt((p1 * (1 - p1)) / arm.entries + (p0 * (1 - p0)) / against.entries),
    arm: p1,
    against: p0,
  };
}

function meanEffect(arm: Moments, against: Moments): Effect {
  const sides = steadied(arm, against);
  const test = welch(sides.arm, sides.against, LEVEL);
  return {
    method: 'pooled',
    absolute: test && estimate(test.value, test),
    relative: against.mean > 0 ? finite(relativeMean(sides.arm, sides.against, LEVEL)) : null,
    p: test?.p ?? null,
    se: test?.se ?? null,
    arm: arm.mean,
    against: against.mean,
  };
}

function stratifiedEffect(comparison: Comparison, metric: MetricDefinition): Effect {
  const { blocks } = comparison;
  const moments = blocks.map((block) => {
    const [arm, against] = [momentsOf(block.arm, metric.id), momentsOf(block.against, metric.id)];
    return metric.kind === 'rate' ? { arm, against } : steadied(arm, against);
  });
  const test =
    metric.kind === 'rate'
      ? postStratifiedRate(
          blocks.map((block) => ({ arm: countsOf(block.arm, metric.id), against: countsOf(block.against, metric.id) })),
          LEVEL,
        )
      : postStratifiedMean(moments, LEVEL);
  const sides = relativeStratified(moments, LEVEL);
  return {
    method: 'post_stratified',
    absolute: test && estimate(test.value, test),
    relative: sides.relative,
    p: test?.p ?? null,
    se: test?.se ?? null,
    arm: sides.arm,
    against: sides.against,
  };
}

function finite(value: Estimate | null): Estimate | null {
  return value && estimate(value.value, value);
}
