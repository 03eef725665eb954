import type { Counts, Day } from './shapes.ts';

/**
 * The law of the arm's conversions given both groups' sizes and all conversions: Hypergeometric without an effect, Fisher's
 * noncentral one at an odds ratio e^t. Counted from the least possible number, so that 0 ≤ x ≤ span.
 */
export interface ConditionalLaw {
  /** Largest x; 0: the margins leave no choice, the day says nothing. */
  span: number;
  /** The arm's conversions, counted from the least possible number. */
  observed: number;
  /** ratios[x] = P(x + 1)/P(x) at odds ratio 1; falls in x. */
  ratios: Float64Array;
  /** ln P(x)/P(0) at odds ratio 1. */
  logWeights: Float64Array;
}

/** Builds the law of a day by ratios of neighbouring terms: exact for tiny counts, no gamma functions to lose digits in for large ones. */
export function conditionalLaw({ n1, k1, n0, k0 }: Day): ConditionalLaw {
  const all = k1 + k0;
  const least = Math.max(0, all - n0);
  const span = Math.min(all, n1) - least;
  const ratios = new Float64Array(span);
  const logWeights = new Float64Array(span + 1);
  for (let x = 0; x < span; x++) {
    const k = least + x;
    const ratio = ((n1 - k) / (k + 1)) * ((all - k) / (n0 - all + k + 1));
    ratios[x] = ratio;
    logWeights[x + 1] = logWeights[x]! + Math.log(ratio);
  }
  return { span, observed: k1 - least, ratios, logWeights };
}

/** The day of two groups' counts. */
export function dayOf(arm: Counts, against: Counts): Day {
  return { n1: arm.entries, k1: arm.converted, n0: against.entries, k0: against.converted };
}

/** Terms under this share of the largest don't change a sum of doubles. */
const NEGLIGIBLE = 1e-19;

function firstBelowOne(ratios: Float64Array, factor: number): number {
  let [low, high] = [0, ratios.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ratios[middle]! * factor >= 1) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** ln Σ P(x)/P(0)·e^(t·x): summed outwards from its largest term until nothing more is added. */
export function logSum({ span, ratios, logWeights }: ConditionalLaw, t: number): number {
  const factor = Math.exp(t);
  const mode = firstBelowOne(ratios, factor);
  let sum = 1;
  for (let x = mode, term = 1; x < span && term > NEGLIGIBLE; x++) {
    term *= ratios[x]! * factor;
    sum += term;
  }
  for (let x = mode, term = 1; x > 0 && term > NEGLIGIBLE; x--) {
    term /= ratios[x - 1]! * factor;
    sum += term;
  }
  return logWeights[mode]! + t * mode + Math.log(sum);
}
