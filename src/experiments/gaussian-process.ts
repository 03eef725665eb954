import { normalCdf } from './distributions/normal.ts';
import {
  apply,
  cholesky,
  dot,
  inverseOf,
  logDeterminant,
  multiply,
  squareMatrix,
  transpose,
  type SquareMatrix,
} from './matrix.ts';

/** What was measured in one band of one group, with the variance of its error (above 0); null: nothing. */
export type Measured = { value: number; variance: number } | null;

/**
 * Scales of the prior, in the unit of the values, `length` in bands:
 * cov((g,b),(g′,b′)) = shared²·RBF(b,b′) + 1[g=g′]·(segment²·RBF(b,b′) + offset²), RBF = exp(−½((b−b′)/length)²).
 */
export interface ProcessScales {
  shared: number;
  segment: number;
  offset: number;
  length: number;
}

/** The joint posterior of one group's bands. */
interface GroupPosterior {
  mean: Float64Array;
  covariance: SquareMatrix;
}

/** The posterior of every group under one set of scales; `logLikelihood` without its constant −n/2·log 2π. */
interface ProcessPosterior {
  logLikelihood: number;
  groups: GroupPosterior[];
}

/** What the measured bands of a group say, brought to all bands: HᵀA⁻¹H and HᵀA⁻¹y, with A = S[o,o] + noise. */
interface GroupPrecision {
  precision: SquareMatrix;
  pull: Float64Array;
  /** yᵀA⁻¹y and log|A|. */
  square: number;
  logDet: number;
}

function groupPrecision(cells: readonly Measured[], own: SquareMatrix): GroupPrecision {
  const bands = own.size;
  const seen = cells.flatMap((cell, band) => (cell ? [{ ...cell, band }] : []));
  const lower = cholesky(
    squareMatrix(
      seen.length,
      (i, j) => own.at[seen[i]!.band * bands + seen[j]!.band]! + (i === j ? seen[i]!.variance : 0),
    ),
  );
  const inverse = inverseOf(lower);
  const pullSeen = apply(
    inverse,
    Float64Array.from(seen, (cell) => cell.value),
  );
  const precision = squareMatrix(bands, () => 0);
  const pull = new Float64Array(bands);
  seen.forEach((row, i) => {
    pull[row.band] = pullSeen[i]!;
    seen.forEach((column, j) => {
      precision.at[row.band * bands + column.band] = inverse.at[i * seen.length + j]!;
    });
  });
  const square = seen.reduce((sum, cell, i) => sum + cell.value * pullSeen[i]!, 0);
  return { precision, pull, square, logDet: logDeterminant(lower) };
}

/** Mean and covariance of θ = m + s in one group, once the shared curve m is known up to N(m̄, C): T·m̄ + S·pull and T·C·Tᵀ + S − S·P·S with T = 1 − S·P. */
function groupPosterior(group: GroupPrecision, own: SquareMatrix, shared: GroupPosterior): GroupPosterior {
  const { size } = own;
  const gain = multiply(own, group.precision);
  const rest = squareMatrix(size, (i, j) => (i === j ? 1 : 0) - gain.at[i * size + j]!);
  const fromShared = apply(rest, shared.mean);
  const fromOwn = apply(own, group.pull);
  const spread = multiply(multiply(rest, shared.covariance), transpose(rest));
  const explained = multiply(gain, own);
  return {
    mean: fromShared.map((value, band) => value + fromOwn[band]!),
    covariance: squareMatrix(size, (i, j) => {
      const at = i * size + j;
      return spread.at[at]! + own.at[at]! - explained.at[at]!;
    }),
  };
}

/**
 * The exact posterior under one set of scales (Rasmussen & Williams, Gaussian Processes for Machine Learning, 2.2). The
 * covariance is block-diagonal by group plus rank `bands`, so that by Woodbury's identity the work grows with groups·bands³
 * instead of (groups·bands)³.
 */
export function processPosterior(groups: readonly (readonly Measured[])[], scales: ProcessScales): ProcessPosterior {
  const bands = groups[0]?.length ?? 0;
  const rbf = squareMatrix(bands, (i, j) => Math.exp(-0.5 * ((i - j) / scales.length) ** 2));
  const own = squareMatrix(bands, (i, j) => scales.segment ** 2 * rbf.at[i * bands + j]! + scales.offset ** 2);
  const root = squareMatrix(bands, () => 0);
  cholesky(rbf).at.forEach((value, at) => (root.at[at] = scales.shared * value));
  const parts = groups.map((cells) => groupPrecision(cells, own));

  const total = squareMatrix(bands, () => 0);
  const pull = new Float64Array(bands);
  for (const part of parts) {
    part.precision.at.forEach((value, at) => (total.at[at]! += value));
    part.pull.forEach((value, band) => (pull[band]! += value));
  }
  const rootT = transpose(root);
  const inner = multiply(multiply(rootT, total), root);
  const lower = cholesky(squareMatrix(bands, (i, j) => inner.at[i * bands + j]! + (i === j ? 1 : 0)));
  const inverse = inverseOf(lower);
  const white = apply(rootT, pull);
  const solved = apply(inverse, white);
  const shared: GroupPosterior = {
    mean: apply(root, solved),
    covariance: multiply(multiply(root, inverse), rootT),
  };
  const square = parts.reduce((sum, part) => sum + part.square, 0) - dot(white, solved);
  const logDet = parts.reduce((sum, part) => sum + part.logDet, 0) + logDeterminant(lower);
  return { logLikelihood: -0.5 * (square + logDet), groups: parts.map((part) => groupPosterior(part, own, shared)) };
}

/** Posteriors of a grid of scales, each weighted by its marginal likelihood; the weights add up to 1. */
export interface AveragedPosterior {
  members: { weight: number; posterior: ProcessPosterior }[];
}

/** Members that say less than this are left out: they could not move a digit that is shown. */
const NEGLIGIBLE = 1e-6;

/** Averages over the scales: the plug-in of the likeliest alone is over-confident. */
export function averagedPosterior(
  groups: readonly (readonly Measured[])[],
  grid: readonly ProcessScales[],
): AveragedPosterior {
  const posteriors = grid.map((scales) => processPosterior(groups, scales));
  const best = Math.max(...posteriors.map((posterior) => posterior.logLikelihood));
  const likely = posteriors
    .map((posterior) => ({ weight: Math.exp(posterior.logLikelihood - best), posterior }))
    .filter((member) => member.weight > NEGLIGIBLE);
  const total = likely.reduce((sum, member) => sum + member.weight, 0);
  return { members: likely.map((member) => ({ ...member, weight: member.weight / total })) };
}

/** A weighted sum of one group's bands: mean and sd of the mixture, and P(> 0). */
export interface SumPosterior {
  mean: number;
  sd: number;
  chancePositive: number;
}

function chanceAboveZero(mean: number, sd: number): number {
  if (sd > 0) return normalCdf(mean / sd);
  return mean > 0 ? 1 : 0;
}

/** The posterior of Σ_b weights[b]·θ_b in one group, over the mixture (mean and variance by the laws of total expectation). */
export function sumPosterior(posterior: AveragedPosterior, group: number, weights: readonly number[]): SumPosterior {
  const w = Float64Array.from(weights);
  const members = posterior.members.map(({ weight, posterior: { groups } }) => {
    const { mean, covariance } = groups[group]!;
    return { weight, mean: dot(w, mean), variance: Math.max(0, dot(w, apply(covariance, w))) };
  });
  const mean = members.reduce((sum, member) => sum + member.weight * member.mean, 0);
  const variance = members.reduce((sum, m) => sum + m.weight * (m.variance + (m.mean - mean) ** 2), 0);
  const chance = members.reduce((sum, m) => sum + m.weight * chanceAboveZero(m.mean, Math.sqrt(m.variance)), 0);
  return { mean, sd: Math.sqrt(variance), chancePositive: Math.min(1, chance) };
}
