import type { Estimate } from '../../domain/read.ts';
import { criticalZ } from '../proportions.ts';

/** How two groups rank: pairs of one of each, and in how many the first ranks higher (ties count half). */
export interface Ranking {
  positives: number;
  negatives: number;
  pairsWon: number;
}

/** The area under the ROC curve, U/(mn) (Mann and Whitney); NaN without a pair, which callers rule out first. */
export function aucOf({ positives, negatives, pairsWon }: Ranking): number {
  return pairsWon / (positives * negatives);
}

/** Variance of an area θ with m positives and n negatives (Hanley and McNeil 1982), both of (m + n)/2 in the second part as Newcombe has it. */
export function aucVariance(area: number, { positives, negatives }: Ranking): number {
  const half = (positives + negatives) / 2;
  const spread = 1 + (half - 1) * ((1 - area) / (2 - area) + area / (1 + area));
  return (area * (1 - area) * spread) / (positives * negatives);
}

const HALVINGS = 60;

/** Area and score-type interval: the θ with |θ̂ − θ| ≤ z·√V(θ) (Newcombe 2006, method 5); stays within 0..1 and has a width at 0 and 1. */
export function aucEstimate(ranking: Ranking, level = 0.95): Estimate {
  const value = aucOf(ranking);
  const z = criticalZ(level);
  const end = (limit: number): number => {
    let [inside, outside] = [value, limit];
    for (let halving = 0; halving < HALVINGS; halving++) {
      const middle = (inside + outside) / 2;
      if (Math.abs(value - middle) <= z * Math.sqrt(aucVariance(middle, ranking))) inside = middle;
      else outside = middle;
    }
    return inside;
  };
  return { value, low: end(0), high: end(1) };
}
