import { betaQuantile } from './distributions/beta.ts';
import { normalQuantile } from './distributions/normal.ts';
import type { Counts, Interval } from './shapes.ts';

/** The standard normal's two-sided critical value: z with P(|Z| > z) = 1 − level. */
export function criticalZ(level: number): number {
  return -normalQuantile((1 - level) / 2);
}

/**
 * Wilson's score interval of one rate: the p with |p̂ − p| ≤ z·√(p(1 − p)/n); [0, 1] for nobody (Wilson 1927; Brown, Cai,
 * DasGupta 2001). Its ends are exactly 0 and 1 where nobody and everybody converted.
 */
export function wilson(counts: Counts, level = 0.95): Interval {
  return wilsonAt(counts, criticalZ(level));
}

/** Wilson's interval at a critical value instead of a level. */
export function wilsonAt({ converted: k, entries: n }: Counts, z: number): Interval {
  if (n === 0) return { low: 0, high: 1 };
  const zz = z * z;
  const half = z * Math.sqrt((k * (n - k)) / n + zz / 4);
  return {
    low: k === 0 ? 0 : (k + zz / 2 - half) / (n + zz),
    high: k === n ? 1 : (k + zz / 2 + half) / (n + zz),
  };
}

/** Clopper and Pearson's exact interval of one rate, by quantiles of Beta(k, n − k + 1) and Beta(k + 1, n − k); never covers less than `level`. */
export function clopperPearson({ converted: k, entries: n }: Counts, level = 0.95): Interval {
  const tail = (1 - level) / 2;
  return {
    low: k === 0 ? 0 : betaQuantile(tail, k, n - k + 1),
    high: k === n ? 1 : betaQuantile(1 - tail, k + 1, n - k),
  };
}

/** Jeffreys' equal-tailed interval of one rate: quantiles of the posterior Beta(k + ½, n − k + ½) (Brown, Cai, DasGupta 2001, without their change at the ends). */
export function jeffreys({ converted: k, entries: n }: Counts, level = 0.95): Interval {
  const tail = (1 - level) / 2;
  return { low: betaQuantile(tail, k + 0.5, n - k + 0.5), high: betaQuantile(1 - tail, k + 0.5, n - k + 0.5) };
}

/** k/n; NaN for nobody, which callers rule out first. */
export function rate({ converted, entries }: Counts): number {
  return converted / entries;
}

/**
 * Newcombe's hybrid score interval of p₁ − p₀: the distances of both rates from their Wilson limits, squared and added (Newcombe
 * 1998, method 10). [−1, 1] where a group is empty: nothing is known.
 */
export function newcombe(arm: Counts, against: Counts, level = 0.95): Interval {
  if (arm.entries === 0 || against.entries === 0) return { low: -1, high: 1 };
  const [p1, p0] = [rate(arm), rate(against)];
  const [w1, w0] = [wilson(arm, level), wilson(against, level)];
  return {
    low: p1 - p0 - Math.hypot(p1 - w1.low, w0.high - p0),
    high: p1 - p0 + Math.hypot(w1.high - p1, p0 - w0.low),
  };
}
