import { criticalZ, rate } from './proportions.ts';
import type { Counts, Interval } from './shapes.ts';

const HALVINGS = 100;

/** Halves [rejected, accepted] until both are neighbouring numbers. */
function limit(reject: (value: number) => boolean, rejected: number, accepted: number): number {
  let [out, within] = [rejected, accepted];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (out + within) / 2;
    if (middle === out || middle === within) break;
    if (reject(middle)) out = middle;
    else within = middle;
  }
  return within;
}

/** A pair of rates `delta` apart, with what they lack to 1. */
interface Pair {
  p1: number;
  q1: number;
  p0: number;
  q0: number;
}

/** The pair whose smaller rate is `w`: no small number in it is a difference of large ones. */
function pairOf(w: number, delta: number): Pair {
  if (delta >= 0) return { p1: delta + w, q1: 1 - delta - w, p0: w, q0: 1 - w };
  return { p1: w, q1: 1 - w, p0: w - delta, q0: 1 + delta - w };
}

/** 0 · ∞ is nothing here: who never happened says nothing of his rate. */
function per(count: number, rateOf: number): number {
  return count === 0 ? 0 : count / rateOf;
}

/**
 * The pair that makes the counts likeliest among all that are `delta` apart. The slope of the log-likelihood falls along `w`, so
 * its zero is found by halving; the cubic's closed form (Farrington and Manning 1990) loses half the digits near its ends.
 */
function likeliest(arm: Counts, against: Counts, delta: number): Pair {
  const rises = (w: number): boolean => {
    const { p1, q1, p0, q0 } = pairOf(w, delta);
    const up = per(arm.converted, p1) + per(against.converted, p0);
    return up > per(arm.entries - arm.converted, q1) + per(against.entries - against.converted, q0);
  };
  return pairOf(limit(rises, 0, 1 - Math.abs(delta)), delta);
}

/** The score statistic of H₀: p₁ − p₀ = delta, with the factor N/(N − 1); falls as delta grows. */
function score(arm: Counts, against: Counts, delta: number): number {
  const { p1, q1, p0, q0 } = likeliest(arm, against, delta);
  const total = arm.entries + against.entries;
  const variance = (p1 * Math.max(0, q1)) / arm.entries + (p0 * Math.max(0, q0)) / against.entries;
  const distance = rate(arm) - rate(against) - delta;
  return distance === 0 ? 0 : distance / Math.sqrt((variance * total) / (total - 1));
}

/**
 * Miettinen and Nurminen's score interval of p₁ − p₀ (1985): the differences that their score test doesn't reject. The second
 * opinion beside Newcombe. [−1, 1] where a group is empty: nothing is known.
 */
export function miettinenNurminen(arm: Counts, against: Counts, level = 0.95): Interval {
  if (arm.entries === 0 || against.entries === 0) return { low: -1, high: 1 };
  const [z, difference] = [criticalZ(level), rate(arm) - rate(against)];
  return {
    low: limit((delta) => score(arm, against, delta) > z, -1, difference),
    high: limit((delta) => score(arm, against, delta) < -z, 1, difference),
  };
}
