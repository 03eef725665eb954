import { requireNumber, requirePositive, requireProbability } from './argument.ts';
import { logGammaGain } from './log-gamma.ts';
import { type BetaPoint, logBetaFactor, logBetaTails } from './incomplete-beta.ts';
import { normalQuantile, normalSf } from './normal.ts';
import { growingRoot } from './solve.ts';

/** From here on t²/df is so large that the first term of the tail's series is exact. */
const FAR = 1e18;

function requireDegrees(df: number): void {
  if (df !== Infinity) requirePositive('df', df);
}

/** Student's t as a beta variable df/(df + t²) (DLMF 8.17), t > 0; the excess (df/2)(1 − t²)/(df + t²) loses nothing for huge df. */
function pointAt(t: number, df: number): BetaPoint {
  const ratio = (t / df) * t;
  const x = 1 / (1 + ratio);
  return { x, y: ratio * x, a: df / 2, b: 0.5, excess: ((1 - t) * (1 + t) * x) / 2 };
}

/** ln of the chance of more than t, t > 0. */
function logUpper(t: number, df: number): number {
  if ((t / df) * t < FAR) return logBetaTails(pointAt(t, df)).lower - Math.LN2;
  const shape = df / 2;
  const logScaledBeta =
    shape < 1
      ? logGammaGain(1, shape) - logGammaGain(0.5, shape)
      : Math.log(Math.PI) / 2 - logGammaGain(shape, 0.5) + Math.log(shape);
  return shape * (Math.log(df) - 2 * Math.log(t)) - logScaledBeta - Math.LN2;
}

/** The chance that Student's t with `df` degrees of freedom is above t; df = ∞ is the normal. @throws RangeError for NaN or df that isn't positive */
export function studentSf(t: number, df: number): number {
  requireNumber('t', t);
  requireDegrees(df);
  if (df === Infinity) return normalSf(t);
  if (t === 0 || Math.abs(t) === Infinity) return t === 0 ? 0.5 : t > 0 ? 0 : 1;
  const tail = Math.exp(logUpper(Math.abs(t), df));
  return t > 0 ? tail : 1 - tail;
}

const LOG_LARGEST = 709.7;
/** Chances nearer to ½ than this are searched by the mass between 0 and t, which ½ − tail would lose. */
const CENTRAL = 0.25;

/** t > 0 with P(T > t) = tail, where ½ − tail = `centre` exactly. */
function upperQuantile(tail: number, centre: number, df: number): number {
  const useCentre = centre < CENTRAL;
  const target = Math.log(useCentre ? centre : tail) + Math.LN2;
  const at = (u: number): { value: number; slope: number } => {
    const t = Math.exp(u);
    if (!useCentre && (t / df) * t >= FAR) return { value: target - (logUpper(t, df) + Math.LN2), slope: df };
    const point = pointAt(t, df);
    const { lower, upper } = logBetaTails(point);
    const log = useCentre ? upper : lower;
    const slope = 2 * Math.exp(logBetaFactor(point) - log);
    return { value: useCentre ? log - target : target - log, slope };
  };
  if (at(LOG_LARGEST).value < 0) return Infinity;
  const start = Math.log(Math.max(-normalQuantile(tail), Number.MIN_VALUE));
  return Math.exp(growingRoot({ at, low: -100, high: LOG_LARGEST, start }));
}

/** t with P(T ≤ t) = p; ±∞ at 0 and 1, and where t is over 1e308. @throws RangeError unless 0 ≤ p ≤ 1 and df is positive */
export function studentQuantile(p: number, df: number): number {
  requireProbability('p', p);
  requireDegrees(df);
  if (df === Infinity) return normalQuantile(p);
  if (p === 0 || p === 1 || p === 0.5) return p === 0 ? -Infinity : p === 1 ? Infinity : 0;
  const size = upperQuantile(Math.min(p, 1 - p), Math.abs(p - 0.5), df);
  return p < 0.5 ? -size : size;
}
