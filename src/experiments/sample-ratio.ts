import { chiSquareSf } from './distributions/chi-square.ts';
import { log1pMinus } from './distributions/logarithms.ts';
import { binet } from './distributions/log-gamma.ts';

/** The χ² test of sizes against weights. Nulls where fewer than two groups have a weight, or nobody is in them. */
export interface SampleRatio {
  chi2: number | null;
  df: number;
  p: number | null;
  /** Positions of groups with weight 0 that have users: a hard failure, whatever p says. */
  leaks: number[];
}

function requireWeights(weights: readonly number[], counts: readonly number[]): void {
  if (weights.length !== counts.length) throw new RangeError('weights must be as many as the groups');
  if (!weights.every((weight) => weight >= 0 && weight < Infinity))
    throw new RangeError('weights must not be negative');
  if (!counts.every((count) => count >= 0 && count < Infinity)) throw new RangeError('counts must not be negative');
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Pearson's χ² = Σ(observed − expected)²/expected over groups with weight > 0. @throws RangeError for negative counts or weights */
export function sampleRatio(input: { observed: readonly number[]; weights: readonly number[] }): SampleRatio {
  const { observed, weights } = input;
  requireWeights(weights, observed);
  const leaks = observed.flatMap((count, index) => (count > 0 && weights[index] === 0 ? [index] : []));
  const groups = observed.flatMap((count, index) => {
    const weight = weights[index] ?? 0;
    return weight > 0 ? [{ count, weight }] : [];
  });
  const df = Math.max(0, groups.length - 1);
  const users = total(groups.map(({ count }) => count));
  if (df === 0 || users === 0) return { chi2: null, df, p: null, leaks };
  const perWeight = users / total(weights);
  const chi2 = total(groups.map(({ count, weight }) => (count - weight * perWeight) ** 2 / (weight * perWeight)));
  return { chi2, df, p: chiSquareSf(chi2, df), leaks };
}

/** What a batch leaves us with: evidence against the promised probabilities so far. */
export interface SequentialRatio {
  /** ln of the Bayes factor of "other probabilities" against "as promised". */
  logBayesFactor: number;
  /** min 1/factor so far, at most 1: valid however often one looks. */
  p: number;
}

/** Pseudo-users of the Dirichlet prior around the promised probabilities (Lindon and Malek 2022). */
const CONCENTRATION = 10_000;

/** n·[(1+d)ln(1+d) − d] summed over the groups: the deviance of counts from probabilities, without cancellation. */
function deviance(counts: readonly number[], probabilities: readonly number[]): number {
  const users = total(counts);
  return total(
    counts.map((count, index) => {
      const expected = users * (probabilities[index] ?? 0);
      const d = (count - expected) / expected;
      return expected * ((1 + d) * log1pMinus(d) + d * d);
    }),
  );
}

/** ln B(prior + counts)/B(prior) − Σ counts·ln p by Stirling's formula, in which the large terms cancel on paper. */
function logBayesFactor(counts: readonly number[], probabilities: readonly number[]): number {
  const prior = probabilities.map((probability) => CONCENTRATION * probability);
  const after = prior.map((value, index) => value + (counts[index] ?? 0));
  const growth = total(after.map((value, index) => Math.log(value / (prior[index] ?? value))));
  const users = total(after);
  const remainders = total(after.map(binet)) - total(prior.map(binet)) - binet(users) + binet(CONCENTRATION);
  return deviance(after, probabilities) - growth / 2 + Math.log(users / CONCENTRATION) / 2 + remainders;
}

/**
 * The sequential test of sizes by a Dirichlet-multinomial Bayes factor (Lindon and Malek, arXiv 2011.03567), batch by batch.
 * Groups of probability 0 are left out: whoever is in them is a leak. @throws RangeError for negative counts or probabilities
 */
export function sequentialSampleRatio(
  batches: readonly (readonly number[])[],
  probabilities: readonly number[],
): SequentialRatio[] {
  const whole = total(probabilities);
  const possible = probabilities.flatMap((probability, index) => (probability > 0 ? [index] : []));
  const shares = possible.map((index) => (probabilities[index] ?? 0) / whole);
  const counts = shares.map(() => 0);
  let p = 1;
  return batches.map((batch) => {
    requireWeights(probabilities, batch);
    for (const [at, index] of possible.entries()) counts[at] = (counts[at] ?? 0) + (batch[index] ?? 0);
    const factor = logBayesFactor(counts, shares);
    p = Math.min(p, Math.exp(-factor));
    return { logBayesFactor: factor, p };
  });
}
