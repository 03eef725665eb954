import { normalSf } from './distributions/normal.ts';
import { conditionalLaw, dayOf, logSum } from './hypergeometric.ts';
import { rate } from './proportions.ts';
import type { Counts } from './shapes.ts';

/** From here on the tail is computed as a logarithm: doubles end near z = 38. */
const DEEP_TAIL = 20;
const FRACTION_TERMS = 60;

/** log₁₀ of the two-sided p of z; by Laplace's continued fraction of Mills' ratio where p itself would underflow (DLMF 7.9.1). */
function log10TwoSided(z: number): number {
  const x = Math.abs(z);
  if (x < DEEP_TAIL) return Math.log10(2 * normalSf(x));
  let fraction = x;
  for (let n = FRACTION_TERMS; n >= 1; n--) fraction = x + n / fraction;
  return (Math.log(2) - (x * x) / 2 - Math.log(2 * Math.PI) / 2 - Math.log(fraction)) / Math.LN10;
}

/**
 * The z test of equal rates with the pooled variance p̄(1 − p̄)(1/n₁ + 1/n₀); `log10P` tells how small p is where it underflows.
 * Null where a group is empty or the pooled rate is 0 or 1: nothing can differ then.
 */
export function pooledZ(arm: Counts, against: Counts): { z: number; p: number; log10P: number } | null {
  const pooled = (arm.converted + against.converted) / (arm.entries + against.entries);
  if (arm.entries === 0 || against.entries === 0 || pooled === 0 || pooled === 1) return null;
  const se = Math.sqrt(pooled * (1 - pooled) * (1 / arm.entries + 1 / against.entries));
  const z = (rate(arm) - rate(against)) / se;
  return { z, p: Math.min(1, 2 * normalSf(Math.abs(z))), log10P: log10TwoSided(z) };
}

/** Tables that are this much likelier than the observed one still count as equally likely: rounding (scipy takes 1e-14, R 1e-7). */
const TIE = 1e-11;

/**
 * Fisher's exact two-sided p: all tables with the same margins that are at most as likely as the observed one (scipy's and R's
 * rule). Null where a group is empty.
 */
export function fisherExact(arm: Counts, against: Counts): number | null {
  if (arm.entries === 0 || against.entries === 0) return null;
  const law = conditionalLaw(dayOf(arm, against));
  const seen = law.logWeights[law.observed]!;
  let sum = 0;
  for (const weight of law.logWeights) if (weight <= seen + TIE) sum += Math.exp(weight - seen);
  return Math.min(1, Math.exp(Math.log(sum) + seen - logSum(law, 0)));
}

/** Under this many expected entries in any of the four cells the normal approximation isn't trusted (Cochran 1954). */
const LEAST_EXPECTED = 5;

/** Two-sided p of equal rates: pooled z, or Fisher where a cell expects fewer than 5. Null where a group is empty. */
export function rateTest(arm: Counts, against: Counts): { p: number; method: 'z' | 'fisher' } | null {
  if (arm.entries === 0 || against.entries === 0) return null;
  const all = arm.entries + against.entries;
  const converted = arm.converted + against.converted;
  const leastExpected = (Math.min(arm.entries, against.entries) * Math.min(converted, all - converted)) / all;
  if (leastExpected >= LEAST_EXPECTED) return { p: pooledZ(arm, against)!.p, method: 'z' };
  return { p: fisherExact(arm, against)!, method: 'fisher' };
}
