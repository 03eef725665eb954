import { requireNumber, requireShape, requireProbability } from './argument.ts';
import { type BetaPoint, logBetaFactor, logBetaTails } from './incomplete-beta.ts';
import { binet, logGammaGain } from './log-gamma.ts';
import { normalQuantile } from './normal.ts';
import { type Ascent, positiveRoot } from './solve.ts';

const SPLITTER = 2 ** 27 + 1;

function split(value: number): [high: number, low: number] {
  const scaled = SPLITTER * value;
  const high = scaled - (scaled - value);
  return [high, value - high];
}

/** x·n − a for n = a + b with the rounding of sum and product added back (Dekker 1971): shapes of 10⁸ leave no digit to lose. */
function exactExcess(x: number, a: number, b: number): number {
  const n = a + b;
  const lost = a - (n - (n - a)) + (b - (n - a));
  const product = x * n;
  const [xHigh, xLow] = split(x);
  const [nHigh, nLow] = split(n);
  const rounding = xLow * nLow - (product - xHigh * nHigh - xLow * nHigh - xHigh * nLow);
  return product - a + (rounding + x * lost);
}

/** The point of a beta distribution at x, 0 < x < 1, given exactly. */
function pointAt(x: number, a: number, b: number): BetaPoint {
  return { x, y: 1 - x, a, b, excess: exactExcess(x, a, b) };
}

function requireArguments(x: number, a: number, b: number): void {
  requireNumber('x', x);
  requireShape('a', a);
  requireShape('b', b);
}

/** I_x(a, b): the chance that a Beta(a, b) variable is at most x; 0 and 1 outside (0, 1). @throws RangeError for NaN or shapes that aren't positive */
export function betaCdf(x: number, a: number, b: number): number {
  requireArguments(x, a, b);
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  return Math.exp(logBetaTails(pointAt(x, a, b)).lower);
}

/** 1 − I_x(a, b), with relative precision in its own tail. @throws RangeError as betaCdf */
export function betaSf(x: number, a: number, b: number): number {
  requireArguments(x, a, b);
  if (x <= 0 || x >= 1) return x <= 0 ? 1 : 0;
  return Math.exp(logBetaTails(pointAt(x, a, b)).upper);
}

const LOG_SMALLEST = -745;

/** ln(a·B(a, b)). */
function logScaledBeta(a: number, b: number): number {
  if (a < 1) return logGammaGain(1, a) - logGammaGain(b, a);
  const stirling = (a - 0.5) * -Math.log1p(b / a) + (b - 0.5) * -Math.log1p(a / b) - Math.log(a + b) / 2;
  return Math.log(a) + stirling + 0.9189385332046727 + binet(a) + binet(b) - binet(a + b);
}

/** A start for ln x: the first term of the series where x is small, else a normal distribution of ln(x/y). */
function logStart(p: number, a: number, b: number): number {
  const small = (Math.log(p) + logScaledBeta(a, b)) / a;
  const logit = Math.log(a / b) + normalQuantile(p) * Math.sqrt(1 / a + 1 / b);
  const normal = -Math.log1p(Math.exp(-logit));
  return Math.min(a, b) < 1 || small < normal - 2 ? small : normal;
}

/** What a quantile is searched by: the side whose tail is the smaller, and the logarithm of that tail. */
interface Target {
  side: 'lower' | 'upper';
  log: number;
  p: number;
}

/** x ≤ ½ with the given tail, by Newton's method on the logarithms of x and of the tail. */
function leftQuantile(target: Target, a: number, b: number): number {
  const sign = target.side === 'lower' ? 1 : -1;
  const at = (x: number): Ascent => {
    const point = pointAt(x, a, b);
    const tail = logBetaTails(point)[target.side];
    return { value: sign * (tail - target.log), slope: Math.exp(logBetaFactor(point) - tail) / point.y };
  };
  if (at(Math.exp(LOG_SMALLEST + 1)).value > 0) return 0;
  return positiveRoot(at, { low: LOG_SMALLEST, high: -Math.LN2, start: logStart(target.p, a, b) });
}

/** x with I_x(a, b) = p; 0 where x is under 5e-324. @throws RangeError unless 0 ≤ p ≤ 1 and the shapes are positive */
export function betaQuantile(p: number, a: number, b: number): number {
  requireProbability('p', p);
  requireShape('a', a);
  requireShape('b', b);
  if (p === 0 || p === 1) return p;
  const middle = logBetaTails(pointAt(0.5, a, b));
  const target: Target = p <= 0.5 ? { side: 'lower', log: Math.log(p), p } : { side: 'upper', log: Math.log(1 - p), p };
  const left = target.side === 'lower' ? middle.lower >= target.log : middle.upper <= target.log;
  if (left) return leftQuantile(target, a, b);
  const opposite = target.side === 'lower' ? 'upper' : 'lower';
  return 1 - leftQuantile({ side: opposite, log: target.log, p: 1 - p }, b, a);
}
