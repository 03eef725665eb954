import type { Estimate } from '../domain/read.ts';
import { satterthwaite, testedEffect, type TestedEffect } from './means.ts';
import { deltaRelative, type Part } from './relative-lift.ts';

/** A metric such as revenue per order, in centred sums over entries: numerator, denominator and their product. */
export interface RatioMoments {
  entries: number;
  numerator: { mean: number; m2: number };
  denominator: { mean: number; m2: number };
  /** Σ (numerator − its mean)(denominator − its mean). */
  cross: number;
}

/** The ratio of means with its variance by the delta method: (v_N − 2r·cov + r²·v_D)/(mean_D²·n) (Deng, Knoblich, Lu 2018). */
function asPart({ entries, numerator, denominator, cross }: RatioMoments): Part | null {
  if (entries < 2 || denominator.mean === 0) return null;
  const value = numerator.mean / denominator.mean;
  const scatter = numerator.m2 - 2 * value * cross + value * value * denominator.m2;
  const variance = Math.max(0, scatter) / (entries - 1) / denominator.mean ** 2 / entries;
  return { value, variance, df: entries - 1 };
}

/** Difference of two ratio metrics, and their relative lift, where the unit of chance (entry) is not the denominator's (order). Null where a denominator is 0, a group has under two entries, or nothing varies. */
export function compareRatios(
  arm: RatioMoments,
  against: RatioMoments,
  level = 0.95,
): { absolute: TestedEffect; relative: (Estimate & { se: number; p: number }) | null } | null {
  const [a, b] = [asPart(arm), asPart(against)];
  if (a === null || b === null) return null;
  const variance = a.variance + b.variance;
  const absolute = testedEffect({ value: a.value - b.value, variance, df: satterthwaite([a, b]), level });
  return absolute && { absolute, relative: deltaRelative(a, b, level) };
}
