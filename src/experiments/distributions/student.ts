import { requireNumber, requireShape, requireProbability } from './argument.ts';
import { log1mExp } from './logarithms.ts';
import { logGammaGain } from './log-gamma.ts';
import { type BetaPoint, logBetaFactor, logBetaTails } from './incomplete-beta.ts';
import { normalQuantile, normalSf } from './normal.ts';
import { type Ascent, positiveRoot } from './solve.ts';

/** From here on t²/df is so large that the first term of the tail's series is exact. */
const FAR = 1e18;

/** From here on the distribution is the normal one to the last digit. */
const NORMAL_FROM = 1e20;

function requireDegrees(df: number): void {
  if (!(df >= NORMAL_FROM)) requireShape('df', df);
}

/** Student's t as a beta variable df/(df + t²) (DLMF 8.17), t > 0; the excess (df/2)(1 − t²)/(df + t²) loses nothing for huge df. */
function pointAt(t: number, df: number): BetaPoint {
  const ratio = (t / df) * t;
  const x = 1 / (1 + ratio);
  return { x, y: ratio * x, a: df / 2, b: 0.5, excess: ((1 - t) * (1 + t) * x) / 2 };
}

/** ln P(|T| > t) and ln P(|T| ≤ t), t > 0. */
function logBothSides(t: number, df: number): { outer: number; inner: number } {
  if ((t / df) * t < FAR) {
    const { lower, upper } = logBetaTails(pointAt(t, df));
    return { outer: lower, inner: upper };
  }
  const shape = df / 2;
  const logScaledBeta =
    shape < 1
      ? logGammaGain(1, shape) - logGammaGain(0.5, shape)
      : Math.log(Math.PI) / 2 - logGammaGain(shape, 0.5) + Math.log(shape);
  const outer = shape * (Math.log(df) - 2 * Math.log(t)) - logScaledBeta;
  return { outer, inner: log1mExp(outer) };
}

/** The chance that Student's t with `df` degrees of freedom is above t; df = ∞ is the normal. @throws RangeError for NaN or df that isn't positive */
export function studentSf(t: number, df: number): number {
  requireNumber('t', t);
  requireDegrees(df);
  if (df >= NORMAL_FROM) return normalSf(t);
  if (t === 0 || Math.abs(t) === Infinity) return t === 0 ? 0.5 : t > 0 ? 0 : 1;
  const tail = Math.exp(logBothSides(Math.abs(t), df).outer) / 2;
  return t > 0 ? tail : 1 - tail;
}

const LOG_LARGEST = 709.7;
/** No t under it can be told from 0: ½ itself has no finer neighbours. */
const LOG_SMALLEST = -60;
/** Chances nearer to ½ than this are searched by the mass between 0 and t, which ½ − tail would lose. */
const CENTRAL = 0.25;

/** ln of the density of ln t at t > 0, both signs of T together. */
function logDensity(t: number, df: number): number {
  if ((t / df) * t < FAR) return logBetaFactor(pointAt(t, df)) + Math.LN2;
  return logBothSides(t, df).outer + Math.log(df);
}

/** t > 0 with P(T > t) = tail, where ½ − tail = `centre` exactly. */
function upperQuantile(tail: number, centre: number, df: number): number {
  const side = centre < CENTRAL ? 'inner' : 'outer';
  const sign = side === 'inner' ? 1 : -1;
  const target = Math.log(2 * (side === 'inner' ? centre : tail));
  const at = (t: number): Ascent => {
    const log = logBothSides(t, df)[side];
    return { value: sign * (log - target), slope: Math.exp(logDensity(t, df) - log) };
  };
  if (at(Math.exp(LOG_LARGEST)).value < 0) return Infinity;
  const start = Math.log(Math.max(-normalQuantile(tail), Number.MIN_VALUE));
  return positiveRoot(at, { low: LOG_SMALLEST, high: LOG_LARGEST, start });
}

/** t with P(T ≤ t) = p; ±∞ at 0 and 1, and where t is over 1e308. @throws RangeError unless 0 ≤ p ≤ 1 and df is positive */
export function studentQuantile(p: number, df: number): number {
  requireProbability('p', p);
  requireDegrees(df);
  if (df >= NORMAL_FROM) return normalQuantile(p);
  if (p === 0 || p === 1 || p === 0.5) return p === 0 ? -Infinity : p === 1 ? Infinity : 0;
  const size = upperQuantile(Math.min(p, 1 - p), Math.abs(p - 0.5), df);
  return p < 0.5 ? -size : size;
}
