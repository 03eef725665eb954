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
 * cov((g,b),(g′,b′)) = shared²·RBF(b,b′) + 1[g=g′]·(segment²·RBF(b,b′) + offset² + 1[b=b′]·band²),
 * RBF = exp(−½((b−b′)/length)²). `band` is what no neighbour tells of a band; without it the curve is smooth.
 */
export interface ProcessScales {
  shared: number;
  segment: number;
  offset: number;
  length: number;
  band?: number;
}

/** The joint posterior of one group's bands. */
interface GroupPosterior {
  mean: Float64Array;
  covariance: SquareMatrix;
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
  const seen = cells.flatMap((cell, band) => (cell ? [band] : []));
  const lower = cholesky(
    squareMatrix(seen.length, (i, j) => {
      const noise = i === j ? (cells[seen[i]!]?.variance ?? 0) : 0;
      return own.at[seen[i]! * bands + seen[j]!]! + noise;
    }),
  );
  const inverse = inverseOf(lower);
  const pullSeen = apply(
    inverse,
    Float64Array.from(seen, (band) => cells[band]?.value ?? 0),
  );
  const precision = { size: bands, at: new Float64Array(bands * bands) };
  const pull = new Float64Array(bands);
  let square = 0;
  seen.forEach((row, i) => {
    pull[row] = pullSeen[i]!;
    square += pullSeen[i]! * (cells[row]?.value ?? 0);
    seen.forEach((column, j) => (precision.at[row * bands + column] = inverse.at[i * seen.length + j]!));
  });
  return { precision, pull, square, logDet: logDeterminant(lower) };
}

/**
 * Mean and covariance of θ = m + s in one group, once the shared curve m is known up to N(m̄, C): T·m̄ + S·pull and
 * T·C·Tᵀ + S − G·S, with the gain G = S·P and T = 1 − G.
 */
function groupPosterior(group: GroupPrecision, own: SquareMatrix, shared: GroupPosterior): GroupPosterior {
  const { size } = own;
  const gain = multiply(own, group.precision);
  const rest = { size, at: gain.at.map((value, at) => (at % (size + 1) === 0 ? 1 : 0) - value) };
  const fromShared = apply(rest, shared.mean);
  const fromOwn = apply(own, group.pull);
  const carried = multiply(rest, shared.covariance);
  const covariance = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = own.at[i * size + j]!;
      for (let k = 0; k < size; k++) {
        sum += carried.at[i * size + k]! * rest.at[j * size + k]! - gain.at[i * size + k]! * own.at[j * size + k]!;
      }
      covariance[i * size + j] = sum;
      covariance[j * size + i] = sum;
    }
  }
  return { mean: fromShared.map((value, band) => value + fromOwn[band]!), covariance: { size, at: covariance } };
}

/** What the groups say together under one set of scales; each group's posterior is worked out when it is asked for. */
interface Fitted {
  logLikelihood: number;
  groups: () => GroupPosterior[];
}

/**
 * The exact fit under one set of scales (Rasmussen & Williams, Gaussian Processes for Machine Learning, 2.2). The
 * covariance is block-diagonal by group plus rank `bands`, so that by Woodbury's identity the work grows with groups·bands³
 * instead of (groups·bands)³.
 */
function fit(groups: readonly (readonly Measured[])[], scales: ProcessScales): Fitted {
  const bands = groups[0]?.length ?? 0;
  const rbf = squareMatrix(bands, (i, j) => Math.exp(-0.5 * ((i - j) / scales.length) ** 2));
  const own = { size: bands, at: rbf.at.map((value) => scales.segment ** 2 * value + scales.offset ** 2) };
  for (let band = 0; band < bands; band++) own.at[band * (bands + 1)]! += (scales.band ?? 0) ** 2;
  const root = { size: bands, at: cholesky(rbf).at.map((value) => scales.shared * value) };
  const parts = groups.map((cells) => groupPrecision(cells, own));

  const total = squareMatrix(bands, () => 0);
  const pull = new Float64Array(bands);
  for (const part of parts) {
    part.precision.at.forEach((value, at) => (total.at[at]! += value));
    part.pull.forEach((value, band) => (pull[band]! += value));
  }
  const rootT = transpose(root);
  const inner = multiply(multiply(rootT, total), root);
  inner.at.forEach((value, at) => (inner.at[at] = value + (at % (bands + 1) === 0 ? 1 : 0)));
  const lower = cholesky(inner);
  const inverse = inverseOf(lower);
  const white = apply(rootT, pull);
  const solved = apply(inverse, white);
  const square = parts.reduce((sum, part) => sum + part.square, 0) - dot(white, solved);
  const logDet = parts.reduce((sum, part) => sum + part.logDet, 0) + logDeterminant(lower);
  return {
    logLikelihood: -0.5 * (square + logDet),
    groups: () => {
      const shared = { mean: apply(root, solved), covariance: multiply(multiply(root, inverse), rootT) };
      return parts.map((part) => groupPosterior(part, own, shared));
    },
  };
}

/** The log of the marginal likelihood of the scales, without its constant −n/2·log 2π. */
export function logLikelihood(groups: readonly (readonly Measured[])[], scales: ProcessScales): number {
  return fit(groups, scales).logLikelihood;
}

/** The posteriors under a grid of scales, each weighted by its marginal likelihood; the weights add up to 1. */
export interface AveragedPosterior {
  members: { weight: number; scales: ProcessScales; groups: GroupPosterior[] }[];
}

/** Members whose likelihood is less than this share of the best one's are left out. */
const NEGLIGIBLE = 1e-3;

/** Where a group's prior is centred, and the unit in which its values are of the size of the other groups'. */
export interface GroupPrior {
  mean: readonly number[];
  unit: number;
}

/** Averages over the scales: the plug-in of the likeliest alone is over-confident. Without priors: mean 0 and unit 1. */
export function averagedPosterior(
  groups: readonly (readonly Measured[])[],
  grid: readonly ProcessScales[],
  priors?: readonly GroupPrior[],
): AveragedPosterior {
  const unitOf = (group: number): number => priors?.[group]?.unit ?? 1;
  const meanOf = (group: number, band: number): number => priors?.[group]?.mean[band] ?? 0;
  const plain = groups.map((cells, group) =>
    cells.map(
      (cell, band) =>
        cell && {
          value: (cell.value - meanOf(group, band)) / unitOf(group),
          variance: cell.variance / unitOf(group) ** 2,
        },
    ),
  );
  const fits = grid.map((scales) => ({ scales, ...fit(plain, scales) }));
  const best = Math.max(...fits.map((member) => member.logLikelihood));
  const likely = fits.filter((member) => member.logLikelihood - best > Math.log(NEGLIGIBLE));
  const total = likely.reduce((sum, member) => sum + Math.exp(member.logLikelihood - best), 0);
  const members = likely.map(({ scales, logLikelihood: logOf, groups: posteriors }) => {
    const found = posteriors().map(({ mean, covariance }, group) => ({
      mean: mean.map((value, band) => meanOf(group, band) + unitOf(group) * value),
      covariance: { size: covariance.size, at: covariance.at.map((value) => unitOf(group) ** 2 * value) },
    }));
    return { weight: Math.exp(logOf - best) / total, scales, groups: found };
  });
  return { members };
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
  const bands = weights.flatMap((weight, band) => (weight === 0 ? [] : [band]));
  const members = posterior.members.map(({ weight, groups }) => {
    const { mean: means, covariance } = groups[group]!;
    let [mean, variance] = [0, 0];
    for (const i of bands) {
      mean += weights[i]! * means[i]!;
      for (const j of bands) variance += weights[i]! * weights[j]! * covariance.at[i * covariance.size + j]!;
    }
    return { weight, mean, variance: Math.max(0, variance) };
  });
  const mean = members.reduce((sum, member) => sum + member.weight * member.mean, 0);
  const variance = members.reduce((sum, m) => sum + m.weight * (m.variance + (m.mean - mean) ** 2), 0);
  const chance = members.reduce((sum, m) => sum + m.weight * chanceAboveZero(m.mean, Math.sqrt(m.variance)), 0);
  return { mean, sd: Math.sqrt(variance), chancePositive: Math.min(1, chance) };
}
