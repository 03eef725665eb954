import { sampleVariance, satterthwaite, testedEffect, welch } from './means.ts';
import { criticalZ, newcombe, rate, wilsonAt } from './proportions.ts';
import { rateTest } from './rate-test.ts';
import { normalSf } from './distributions/normal.ts';
import type { Counts, Interval, Moments } from './shapes.ts';

/** Both groups within one stratum, where every probability of assignment was the same. */
export interface TwoGroups<T> {
  arm: T;
  against: T;
}

/** An effect over strata. `se` is never 0. */
export interface StratifiedEffect {
  value: number;
  se: number;
  low: number;
  high: number;
  p: number;
}

/** Strata that can be compared: with entries on both sides; `weight` is their share of all such entries. */
function weighted<T extends { entries: number }>(
  strata: readonly TwoGroups<T>[],
): (TwoGroups<T> & { weight: number })[] {
  const usable = strata.filter(({ arm, against }) => arm.entries > 0 && against.entries > 0);
  const total = usable.reduce((sum, { arm, against }) => sum + arm.entries + against.entries, 0);
  return usable.map(({ arm, against }) => ({ arm, against, weight: (arm.entries + against.entries) / total }));
}

interface WeightedCounts {
  counts: Counts;
  weight: number;
}

/**
 * The stratified Wilson interval of Σ w_s p_s (Yan and Su 2010): the weighted limits of the strata, each at the same smaller critical
 * value z·√(Σ w²v)/Σ w√v. v is the variance at Agresti and Coull's rate (k + z²/2)/(n + z²), so that strata with nobody converted count
 * too. One stratum gives Wilson's own interval.
 */
function stratifiedWilson(strata: readonly WeightedCounts[], z: number): Interval {
  let [squares, roots] = [0, 0];
  for (const { counts, weight } of strata) {
    const size = counts.entries + z * z;
    const centre = (counts.converted + (z * z) / 2) / size;
    const variance = (centre * (1 - centre)) / size;
    squares += weight ** 2 * variance;
    roots += weight * Math.sqrt(variance);
  }
  const interval = { low: 0, high: 0 };
  for (const { counts, weight } of strata) {
    const limits = wilsonAt(counts, (z * Math.sqrt(squares)) / roots);
    interval.low += weight * limits.low;
    interval.high += weight * limits.high;
  }
  return interval;
}

/** Two-sided p of no effect in any stratum: the weighted difference over its standard error with each stratum's pooled rate; 1 where nothing could differ. */
function pooledWithinStrata(strata: readonly (TwoGroups<Counts> & { weight: number })[], value: number): number {
  const variance = strata.reduce((sum, { arm, against, weight }) => {
    const pooled = (arm.converted + against.converted) / (arm.entries + against.entries);
    return sum + weight ** 2 * pooled * (1 - pooled) * (1 / arm.entries + 1 / against.entries);
  }, 0);
  return variance > 0 ? Math.min(1, 2 * normalSf(Math.abs(value) / Math.sqrt(variance))) : 1;
}

/**
 * The difference of rates over strata, Σ w_s(p₁s − p₀s), w_s the stratum's share of the entries. Interval: Newcombe's, with stratified
 * Wilson limits in the place of Wilson's (MOVER; Yan and Su 2010), so that small strata without events don't pretend to be certain.
 * `se` is half its width over z. Strata with nobody on one side are left out. One stratum gives Newcombe and `rateTest` exactly.
 * Null where no stratum has both.
 */
export function postStratifiedRate(strata: readonly TwoGroups<Counts>[], level = 0.95): StratifiedEffect | null {
  const usable = weighted(strata);
  const [only] = usable;
  if (only === undefined) return null;
  const z = criticalZ(level);
  const value = usable.reduce((sum, { arm, against, weight }) => sum + weight * (rate(arm) - rate(against)), 0);
  if (usable.length === 1) {
    const interval = newcombe(only.arm, only.against, level);
    const { p } = rateTest(only.arm, only.against)!;
    return { value, se: (interval.high - interval.low) / (2 * z), ...interval, p };
  }
  const side = (name: 'arm' | 'against'): Interval & { value: number } => {
    const counts = usable.map((stratum) => ({ counts: stratum[name], weight: stratum.weight }));
    const mean = counts.reduce((sum, stratum) => sum + stratum.weight * rate(stratum.counts), 0);
    return { value: mean, ...stratifiedWilson(counts, z) };
  };
  const [arm, against] = [side('arm'), side('against')];
  const low = value - Math.hypot(arm.value - arm.low, against.high - against.value);
  const high = value + Math.hypot(arm.high - arm.value, against.value - against.low);
  return { value, se: (high - low) / (2 * z), low, high, p: pooledWithinStrata(usable, value) };
}

/** The group's variance pooled over strata, for cells that can't tell their own. */
function pooledVariance(groups: readonly Moments[]): { variance: number; df: number } {
  const df = groups.reduce((sum, { entries }) => sum + entries - 1, 0);
  const m2 = groups.reduce((sum, group) => sum + group.m2, 0);
  return { variance: df > 0 ? m2 / df : 0, df };
}

/**
 * The difference of means over strata, Σ w_s(m₁s − m₀s), with variance Σ w_s²(s₁s²/n₁s + s₀s²/n₀s) and Satterthwaite's degrees of
 * freedom. A cell with one entry or no spread takes its group's variance pooled within strata, since it doesn't know its own. Strata with
 * nobody on one side are left out. One stratum gives Welch exactly. Null where nothing varies or no stratum has both.
 */
export function postStratifiedMean(strata: readonly TwoGroups<Moments>[], level = 0.95): StratifiedEffect | null {
  const usable = weighted(strata);
  const [only] = usable;
  if (only === undefined) return null;
  if (usable.length === 1) return asStratified(welch(only.arm, only.against, level));
  const parts = (['arm', 'against'] as const).flatMap((side) => {
    const pooled = pooledVariance(usable.map((stratum) => stratum[side]));
    return usable.map((stratum) => {
      const group = stratum[side];
      const knows = group.entries > 1 && group.m2 > 0;
      const variance = knows ? sampleVariance(group) : pooled.variance;
      return { variance: (stratum.weight ** 2 * variance) / group.entries, df: knows ? group.entries - 1 : pooled.df };
    });
  });
  const value = usable.reduce((sum, { arm, against, weight }) => sum + weight * (arm.mean - against.mean), 0);
  const variance = parts.reduce((sum, part) => sum + part.variance, 0);
  return asStratified(testedEffect({ value, variance, df: satterthwaite(parts), level }));
}

function asStratified(effect: StratifiedEffect | null): StratifiedEffect | null {
  return effect && { value: effect.value, se: effect.se, low: effect.low, high: effect.high, p: effect.p };
}
