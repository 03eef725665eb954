import { type BetaPoint, logBetaFactor, logBetaTails } from './distributions/incomplete-beta.ts';
import type { LogValue } from './distributions/log-concave.ts';
import { normalLogCdf } from './distributions/normal.ts';
import type { Counts } from './shapes.ts';

/** A Beta distribution of a rate. */
export interface BetaPosterior {
  alpha: number;
  beta: number;
}

/** A normal distribution of a mean or an effect; sd > 0. */
export interface NormalPosterior {
  mean: number;
  sd: number;
}

type Curve = (z: number) => LogValue;

/** Density and both tails of a posterior in logarithms, on a scale where all of them are log-concave. */
export interface PosteriorCurves {
  density: Curve;
  below: Curve;
  above: Curve;
  /** Where the density has its middle, and how wide it is, on that scale. */
  centre: number;
  width: number;
}

/** Beta(1 + converted, 1 + not converted): the posterior of a rate from a flat prior. @throws RangeError for counts that aren't any */
export function ratePosterior({ converted, entries }: Counts): BetaPosterior {
  if (!(converted >= 0 && converted <= entries && entries < Infinity)) {
    throw new RangeError(`converted must lie between 0 and entries, not ${converted} of ${entries}`);
  }
  return { alpha: 1 + converted, beta: 1 + entries - converted };
}

/** x(1−x) as a function of the log odds: what turns an integral over rates into one over log odds. */
export function rateStep(z: number): LogValue {
  const logX = -Math.log1p(Math.exp(-z));
  const logY = -Math.log1p(Math.exp(z));
  return { log: logX + logY, slope: Math.exp(logY) - Math.exp(logX) };
}

function pointOf(z: number, { alpha: a, beta: b }: BetaPosterior): BetaPoint {
  const [x, y] = [1 / (1 + Math.exp(-z)), 1 / (1 + Math.exp(z))];
  return { x, y, a, b, excess: x * b - y * a };
}

/** A Beta posterior on the scale of log odds. */
export function betaCurves(posterior: BetaPosterior): PosteriorCurves {
  const { alpha, beta } = posterior;
  if (!(alpha > 0 && beta > 0 && alpha + beta < Infinity)) throw new RangeError('alpha and beta must be positive');
  return {
    density: (z) => {
      const point = pointOf(z, posterior);
      return { log: logBetaFactor(point), slope: -point.excess };
    },
    below: (z) => {
      const point = pointOf(z, posterior);
      const { lower } = logBetaTails(point);
      return { log: lower, slope: Math.exp(logBetaFactor(point) - lower) };
    },
    above: (z) => {
      const point = pointOf(z, posterior);
      const { upper } = logBetaTails(point);
      return { log: upper, slope: -Math.exp(logBetaFactor(point) - upper) };
    },
    centre: Math.log(alpha / beta),
    width: Math.sqrt(1 / alpha + 1 / beta),
  };
}

const HALF_LOG_TWO_PI = 0.9189385332046727;

/** A normal posterior on its own scale. */
export function normalCurves({ mean, sd }: NormalPosterior): PosteriorCurves {
  if (!(sd > 0 && sd < Infinity && Math.abs(mean) < Infinity)) throw new RangeError('sd must be positive, mean finite');
  const tail = (x: number, sign: number): LogValue => {
    const u = (sign * (x - mean)) / sd;
    const log = normalLogCdf(u);
    return { log, slope: (sign * Math.exp(-(u * u) / 2 - HALF_LOG_TWO_PI - log)) / sd };
  };
  return {
    density: (x) => {
      const u = (x - mean) / sd;
      return { log: -(u * u) / 2 - HALF_LOG_TWO_PI - Math.log(sd), slope: -u / sd };
    },
    below: (x) => tail(x, 1),
    above: (x) => tail(x, -1),
    centre: mean,
    width: sd,
  };
}
