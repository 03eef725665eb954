import { log1mExp, log1pMinus } from './logarithms.ts';
import { binet, logGammaGain } from './log-gamma.ts';
import { tailIntegral } from './tail-integral.ts';

const LOG_TWO_PI = 1.8378770664093453;
const MOST_TERMS = 1_000_000;
/** From this size of ab/(a+b) on, near the peak, a quadrature of the tail is quicker than the continued fraction. */
const LARGE_SIZE = 1e5;
/** A tail above it leaves its complement too few digits. */
const NEARLY_ONE = Math.log(0.9);

/** A point of a beta distribution. x + y = 1, both with relative precision; `excess` = x(a+b) − a, how far x lies above the mean. */
export interface BetaPoint {
  x: number;
  y: number;
  a: number;
  b: number;
  excess: number;
}

/** Natural logarithms of I_x(a, b) and of 1 − I_x(a, b). */
export interface LogTails {
  lower: number;
  upper: number;
}

function mirrored({ x, y, a, b, excess }: BetaPoint): BetaPoint {
  return { x: y, y: x, a: b, b: a, excess: -excess };
}

/** a·(ln(x/mean) − relative distance), where x(a+b) = a(1 + relative). */
function logDistance(share: { x: number; shape: number; other: number; excess: number }): number {
  const { x, shape, other, excess } = share;
  const relative = excess / shape;
  if (relative > -0.5) return shape * log1pMinus(relative);
  return shape * (Math.log(x) + Math.log1p(other / shape) - relative);
}

/**
 * ln(x^a·y^b/B(a, b)) by Stirling's formula with Binet's function: the distance from the mean is taken before the logarithm,
 * so that nothing large cancels (Loader 2000). It is also the density of ln(x/y).
 */
export function logBetaFactor({ x, y, a, b, excess }: BetaPoint): number {
  const deviance =
    logDistance({ x, shape: a, other: b, excess }) + logDistance({ x: y, shape: b, other: a, excess: -excess });
  const logSize = Math.log(a) - Math.log1p(a / b);
  return deviance + (logSize - LOG_TWO_PI) / 2 - (binet(a) + binet(b) - binet(a + b));
}

/** ln I_x(a, b) by the even part of DLMF 8.17.22 (Didonato and Morris 1992, eq. 9.1), for x below about the mean. */
function logFraction(point: BetaPoint): number {
  const { x, y, a, b, excess } = point;
  let denominator = (a / (a + 1)) * (1 - excess);
  let c = Infinity;
  let d = 1 / denominator;
  let fraction = d;
  for (let n = 1; n < MOST_TERMS; n++) {
    const step = a + 2 * n - 1;
    const numerator = ((a + (n - 1)) / step) * ((a + b + (n - 1)) / step) * n * (b - n) * x * x;
    denominator = n + (n * (b - n) * x) / step + ((a + n) / (step + 2)) * (1 - excess + n * (1 + y));
    d = 1 / (denominator + numerator * d);
    c = denominator + numerator / c;
    const change = c * d;
    fraction *= change;
    if (!(Math.abs(change - 1) > Number.EPSILON)) break;
  }
  return logBetaFactor(point) + Math.log(fraction);
}

/** ln of the tail on the far side of x from the mean, by quadrature of the density, for large shapes. */
function logFarTail(point: BetaPoint): number {
  const { x, y, a, b, excess } = point;
  const side = excess < 0 ? -1 : 1;
  const tilt = (x - y - excess) / (x * y);
  const integral = tailIntegral({
    exponent: (s) => (a - 1) * log1pMinus((side * s) / x) + (b - 1) * log1pMinus((-side * s) / y) + side * s * tilt,
    slope: -side * tilt,
    curvature: (a - 1) / (x * x) + (b - 1) / (y * y),
    end: side < 0 ? x : y,
  });
  return logBetaFactor(point) - Math.log(x) - Math.log(y) + Math.log(integral);
}

/**
 * ln(1 − I_x(a, b)) where I_x is nearly 1 left of the mean, which takes a < 1. For small x from I_x = x^a/(aB)·(1 + aΣ…)
 * (DLMF 8.17.7) without the cancellation, else by the mirrored fraction, which still converges there.
 */
function logComplement(point: BetaPoint): number {
  const { x, a, b } = point;
  if (x * Math.max(b, 1) > 0.7) return logFraction(mirrored(point));
  const logPower = a * Math.log(x) - logGammaGain(1, a) + logGammaGain(b, a);
  let term = 1;
  let sum = 0;
  for (let n = 1; Math.abs(term) > Number.EPSILON * 0.01; n++) {
    term *= ((n - b) / n) * x;
    sum += term / (a + n);
  }
  return Math.log(-Math.expm1(logPower) - a * Math.exp(logPower) * sum);
}

function leftOfMean(point: BetaPoint): LogTails {
  const lower = logFraction(point);
  if (lower <= NEARLY_ONE || point.a >= 1) return { lower, upper: log1mExp(lower) };
  const upper = logComplement(point);
  return { lower: log1mExp(upper), upper };
}

/** Both tails of the beta distribution, each with relative precision, for 0 < x < 1. */
export function logBetaTails(point: BetaPoint): LogTails {
  const { x, a, b, excess } = point;
  if (a / (1 + a / b) > LARGE_SIZE && Math.abs(excess) < 0.3 * Math.min(a, b)) {
    const far = logFarTail(point);
    return excess < 0 ? { lower: far, upper: log1mExp(far) } : { lower: log1mExp(far), upper: far };
  }
  if (x <= (a + 1) / (a + b + 2)) return leftOfMean(point);
  const { lower, upper } = leftOfMean(mirrored(point));
  return { lower: upper, upper: lower };
}
