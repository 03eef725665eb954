import type { Estimate } from '../domain/read.ts';
import { sampleVariance, satterthwaite, testedEffect } from './means.ts';
import { rate, wilson } from './proportions.ts';
import type { Counts, Moments } from './shapes.ts';

/** A group's estimate with the variance of that estimate. */
export interface Part {
  value: number;
  variance: number;
  df: number;
}

/**
 * Relative lift a/b − 1 by the delta method: variance v_a/b² + v_b·a²/b⁴, Student's t with Welch's degrees of freedom (of the
 * difference), as gbstats has it. Null where b is 0 or nothing varies. The low end may lie under −1 where b is barely known.
 */
export function deltaRelative(arm: Part, against: Part, level: number): (Estimate & { se: number; p: number }) | null {
  if (against.value === 0) return null;
  const variance = arm.variance / against.value ** 2 + (against.variance * arm.value ** 2) / against.value ** 4;
  const df = satterthwaite([arm, against]);
  const effect = testedEffect({ value: (arm.value - against.value) / against.value, variance, df, level });
  return effect && { value: effect.value, low: effect.low, high: effect.high, se: effect.se, p: effect.p };
}

/** Relative lift of means with its interval. Null where a group has under two entries, the comparator's mean is 0, or nothing varies. */
export function relativeMean(arm: Moments, against: Moments, level = 0.95): Estimate | null {
  if (arm.entries < 2 || against.entries < 2) return null;
  const [a, b] = [arm, against].map((group) => ({
    value: group.mean,
    variance: sampleVariance(group) / group.entries,
    df: group.entries - 1,
  }));
  return trimmed(deltaRelative(a!, b!, level));
}

/**
 * Relative lift of rates with its interval: the delta method, or, where a rate of 0 or 1 would leave it without a width, the
 * limits of the ratio recovered from both Wilson intervals (MOVER-R, Donner and Zou 2012). Null where a group is empty or
 * nobody of the comparator converted.
 */
export function relativeRate(arm: Counts, against: Counts, level = 0.95): Estimate | null {
  if (arm.entries === 0 || against.converted === 0) return null;
  const [a, b] = [arm, against].map(rateAsPart);
  if (a!.variance === 0 || b!.variance === 0) return ratioFromLimits(arm, against, level);
  return trimmed(deltaRelative(a!, b!, level));
}

function rateAsPart(counts: Counts): Part {
  const value = rate(counts);
  return { value, variance: (value * (1 - value)) / counts.entries, df: counts.entries - 1 };
}

function ratioFromLimits(arm: Counts, against: Counts, level: number): Estimate {
  const [p1, p0] = [rate(arm), rate(against)];
  const [w1, w0] = [wilson(arm, level), wilson(against, level)];
  const product = p1 * p0;
  const lowest = w1.low * (2 * p1 - w1.low);
  const below = product + Math.sqrt(Math.max(0, product ** 2 - lowest * w0.high * (2 * p0 - w0.high)));
  const leastAgainst = w0.low * (2 * p0 - w0.low);
  const above = product + Math.sqrt(Math.max(0, product ** 2 - w1.high * (2 * p1 - w1.high) * leastAgainst));
  return { value: p1 / p0 - 1, low: below === 0 ? -1 : lowest / below - 1, high: above / leastAgainst - 1 };
}

function trimmed(estimate: Estimate | null): Estimate | null {
  return estimate && { value: estimate.value, low: estimate.low, high: estimate.high };
}
