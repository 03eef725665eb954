import { requireNumber, requireShape, requireProbability } from './argument.ts';
import { log1mExp, log1pMinus } from './logarithms.ts';
import { binet, logGamma, logGammaGain } from './log-gamma.ts';
import { normalQuantile } from './normal.ts';
import { type Ascent, positiveRoot } from './solve.ts';
import { tailIntegral } from './tail-integral.ts';

const LOG_TWO_PI = 1.8378770664093453;
const MOST_TERMS = 1_000_000;
/** From this shape on, near the peak, a quadrature of the tail is quicker than series and fractions. */
const LARGE_SHAPE = 1e5;

/** Logarithms of both tails. */
interface LogTails {
  lower: number;
  upper: number;
}

/** ln(x^a·e^−x/Γ(a)) by Stirling's formula with Binet's function, so that nothing large cancels (Loader 2000). */
function logFactor(x: number, shape: number): number {
  const u = (x - shape) / shape;
  const deviance = u > -0.5 ? -log1pMinus(u) : u - (Math.log(x) - Math.log(shape));
  return (Math.log(shape) - LOG_TWO_PI) / 2 - binet(shape) - shape * deviance;
}

/** ln P by the series Σ xⁿ/(a(a+1)…(a+n)) (DLMF 8.7.1), for x below about the shape. */
function logLowerSeries(x: number, shape: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; n < MOST_TERMS && term > Number.EPSILON * 0.1 * sum; n++) {
    term *= x / (shape + n);
    sum += term;
  }
  return logFactor(x, shape) - Math.log(shape) + Math.log(sum);
}

/** ln Q by Legendre's continued fraction (DLMF 8.9.2), evaluated with Lentz's method, for x above the shape. */
function logUpperFraction(x: number, shape: number): number {
  let denominator = x - shape + 1;
  let c = Infinity;
  let d = 1 / denominator;
  let fraction = d;
  for (let n = 1; n < MOST_TERMS; n++) {
    const numerator = -n * (n - shape);
    denominator += 2;
    d = 1 / (denominator + numerator * d);
    c = denominator + numerator / c;
    const change = c * d;
    fraction *= change;
    if (!(Math.abs(change - 1) > Number.EPSILON)) break;
  }
  return logFactor(x, shape) + Math.log(fraction);
}

/** Q for x < 1 and a shape below 1, where P is near 1: 1 − x^a/Γ(1+a)·(1 + aΣ(−x)ⁿ/(n!(a+n))) without the cancellation. */
function upperOfSmallShape(x: number, shape: number): number {
  const logPower = shape * Math.log(x) - logGammaGain(1, shape);
  let term = 1;
  let sum = 0;
  for (let n = 1; Math.abs(term) > Number.EPSILON * 0.01; n++) {
    term *= -x / n;
    sum += term / (shape + n);
  }
  return -Math.expm1(logPower) - shape * Math.exp(logPower) * sum;
}

/** ln of the tail on the far side of x from the peak, by quadrature: for large shapes near the peak. */
function logFarTail(x: number, shape: number): number {
  const side = x < shape ? -1 : 1;
  const tilt = (shape - 1 - x) / x;
  const integral = tailIntegral({
    exponent: (s) => (shape - 1) * log1pMinus((side * s) / x) + side * s * tilt,
    slope: -side * tilt,
    curvature: (shape - 1) / (x * x),
    end: side < 0 ? x : Infinity,
  });
  return logFactor(x, shape) - Math.log(x) + Math.log(integral);
}

function logTails(x: number, shape: number): LogTails {
  if (shape >= LARGE_SHAPE && Math.abs(x - shape) < 0.3 * shape) {
    const far = logFarTail(x, shape);
    return x < shape ? { lower: far, upper: log1mExp(far) } : { lower: log1mExp(far), upper: far };
  }
  if (x >= 1 && x >= shape + (shape < 1 ? 0 : 1)) {
    const upper = logUpperFraction(x, shape);
    return { lower: log1mExp(upper), upper };
  }
  const lower = logLowerSeries(x, shape);
  if (shape < 1 && x < 1 && lower > -Math.LN2) {
    const upper = Math.log(upperOfSmallShape(x, shape));
    return { lower: log1mExp(upper), upper };
  }
  return { lower, upper: log1mExp(lower) };
}

/** P(a, x): the chance that a gamma variable of this shape and scale 1 is at most x; 0 for x ≤ 0. @throws RangeError for NaN or a shape that isn't positive */
export function gammaCdf(x: number, shape: number): number {
  requireNumber('x', x);
  requireShape('shape', shape);
  if (x <= 0) return 0;
  return x === Infinity ? 1 : Math.exp(logTails(x, shape).lower);
}

/** Q(a, x) = 1 − P(a, x), with relative precision in its own tail. @throws RangeError as gammaCdf */
export function gammaSf(x: number, shape: number): number {
  requireNumber('x', x);
  requireShape('shape', shape);
  if (x <= 0) return 1;
  return x === Infinity ? 0 : Math.exp(logTails(x, shape).upper);
}

const LOG_SMALLEST = -745;
const LOG_LARGEST = 709.7;

/** A start for ln x: the first term of the series where x is small, else Wilson and Hilferty (1931). */
function logStart(p: number, shape: number): number {
  const small = (Math.log(p) + logGamma(shape + 1)) / shape;
  const root = 1 - 1 / (9 * shape) + normalQuantile(p) / (3 * Math.sqrt(shape));
  return small < Math.log(0.1 * (shape + 1)) || root <= 0 ? small : Math.log(shape) + 3 * Math.log(root);
}

/** x with P(a, x) = p, by Newton's method on the logarithms of x and of the smaller tail. 0 where x is under 5e-324. @throws RangeError unless 0 ≤ p ≤ 1 and the shape is positive */
export function gammaQuantile(p: number, shape: number): number {
  requireProbability('p', p);
  requireShape('shape', shape);
  if (p === 0 || p === 1) return p === 0 ? 0 : Infinity;
  const side = p <= 0.5 ? 'lower' : 'upper';
  const sign = side === 'lower' ? 1 : -1;
  const target = Math.log(side === 'lower' ? p : 1 - p);
  const at = (x: number): Ascent => {
    const tail = logTails(x, shape)[side];
    return { value: sign * (tail - target), slope: Math.exp(logFactor(x, shape) - tail) };
  };
  if (at(Math.exp(LOG_SMALLEST + 1)).value > 0) return 0;
  return positiveRoot(at, { low: LOG_SMALLEST, high: LOG_LARGEST, start: logStart(p, shape) });
}
