import type { LivePolicy } from '../../domain/assignment.ts';
import { coverage, onEdges } from './interval-moves.ts';

/** Ranges of e (PRODUCT.md, rule 4): who is inside is mostly treated, who is outside now and then. */
const INSIDE = { least: 0.8, most: 0.95 };
const OUTSIDE = { least: 0.02, most: 0.1, share: 0.2 };

function clip(value: number, range: { least: number; most: number }): number {
  return Math.min(range.most, Math.max(range.least, value));
}

/** Whole thousandths: a digit beyond them would only make new versions of a policy. */
function rounded(probability: number): number {
  return Math.round(probability * 1000) / 1000;
}

/** Bands of the exploration band on each side: its width in score, at least one where it has a width at all. */
function exploredBands(policy: Pick<LivePolicy, 'exploreWidth' | 'outside'>, bands: number): number {
  if (policy.outside <= 0 || policy.exploreWidth <= 0) return 0;
  return Math.max(1, Math.round(policy.exploreWidth * bands));
}

/**
 * e by band from P(θ > 0): clip(P) inside [lo, hi), clip(0.2·P) in the exploration band beside it, 0 beyond
 * (EXPERIMENTS.md §2, step 1). Null where lo or hi lies within a band: then the file's two probabilities hold.
 */
export function learnedProbabilities(input: {
  policy: Pick<LivePolicy, 'lo' | 'hi' | 'exploreWidth' | 'outside'>;
  bands: number;
  chancePositive: readonly number[];
}): number[] | null {
  const { policy, bands } = input;
  if (!onEdges(policy, bands)) return null;
  const inside = coverage(policy, bands);
  const near = exploredBands(policy, bands);
  const [from, to] = [Math.round(policy.lo * bands) - near, Math.round(policy.hi * bands) + near];
  return inside.map((part, band) => {
    const chance = input.chancePositive[band] ?? 0;
    if (part > 0) return rounded(clip(chance, INSIDE));
    return band >= from && band < to ? rounded(clip(OUTSIDE.share * chance, OUTSIDE)) : 0;
  });
}
