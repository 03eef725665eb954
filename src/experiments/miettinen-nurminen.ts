import { criticalZ, rate } from './proportions.ts';
import type { Counts, Interval } from './shapes.ts';

/** The arm's rate that makes the counts likeliest among all pairs of rates `delta` apart: the cubic's root in closed form (Farrington and Manning 1990, appendix). */
function constrainedRate(arm: Counts, against: Counts, delta: number): number {
  const [p1, p0, ratio] = [rate(arm), rate(against), against.entries / arm.entries];
  const a = 1 + ratio;
  const b = -(1 + ratio + p1 + ratio * p0 + delta * (ratio + 2));
  const c = delta * delta + delta * (2 * p1 + ratio + 1) + p1 + ratio * p0;
  const d = -p1 * delta * (1 + delta);
  const third = b / (3 * a);
  const v = third ** 3 - (b * c) / (6 * a * a) + d / (2 * a);
  const u = Math.sign(v || 1) * Math.sqrt(Math.max(0, third * third - c / (3 * a)));
  const cosine = u === 0 ? 1 : Math.min(1, Math.max(-1, v / u ** 3));
  const root = 2 * u * Math.cos((Math.PI + Math.acos(cosine)) / 3) - third;
  return Math.min(Math.min(1, 1 + delta), Math.max(Math.max(0, delta), root));
}

/** The score statistic of H₀: p₁ − p₀ = delta, with the factor N/(N − 1); falls as delta grows. */
function score(arm: Counts, against: Counts, delta: number): number {
  const p1 = constrainedRate(arm, against, delta);
  const p0 = Math.min(1, Math.max(0, p1 - delta));
  const total = arm.entries + against.entries;
  const variance = (p1 * (1 - p1)) / arm.entries + (p0 * (1 - p0)) / against.entries;
  const distance = rate(arm) - rate(against) - delta;
  return distance === 0 ? 0 : distance / Math.sqrt((variance * total) / (total - 1));
}

const HALVINGS = 100;

/** Halves [rejected, accepted] until both are neighbouring numbers. */
function limit(reject: (delta: number) => boolean, rejected: number, accepted: number): number {
  let [out, within] = [rejected, accepted];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (out + within) / 2;
    if (middle === out || middle === within) break;
    if (reject(middle)) out = middle;
    else within = middle;
  }
  return within;
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
