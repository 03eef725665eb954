import { requireShape } from './argument.ts';

const HALF_LOG_TWO_PI = 0.9189385332046727;
/** From here on Stirling's series with the coefficients below is exact to double precision. */
const STIRLING_FROM = 10;

/** B₂ₖ/(2k(2k−1)), the coefficients of Stirling's series (DLMF 5.11.1). */
const STIRLING = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
  43867 / 244188,
] as const;

/** Binet's function J(x) = lnΓ(x) − (x−½)ln x + x − ½ln 2π for x > 0: what Stirling's formula leaves over, to 1e-15 absolute. */
export function binet(x: number): number {
  let shifted = x;
  let sum = 0;
  for (; shifted < STIRLING_FROM; shifted++) {
    const logStep = shifted < 1 ? Math.log1p(shifted) - Math.log(shifted) : Math.log1p(1 / shifted);
    sum += (shifted + 0.5) * logStep - 1;
  }
  let power = 1 / shifted;
  const square = power * power;
  for (const coefficient of STIRLING) {
    sum += coefficient * power;
    power *= square;
  }
  return sum;
}

/**
 * lnΓ(from + step) − lnΓ(from) for from > 0 and a step under 1 in size, with relative precision however small the step is:
 * Stirling's formula and its series are subtracted term by term, after raising `from` by Γ(x+1) = xΓ(x).
 */
export function logGammaGain(from: number, step: number): number {
  let base = from;
  let lowered = 0;
  for (; base < STIRLING_FROM; base++) lowered += Math.log1p(step / base);
  const relative = Math.log1p(step / base);
  let gain = (base - 0.5) * relative + step * (Math.log(base + step) - 1) - lowered;
  let power = 1 / base;
  for (const [index, coefficient] of STIRLING.entries()) {
    gain += coefficient * power * Math.expm1(-(2 * index + 1) * relative);
    power /= base * base;
  }
  return gain;
}

/** lnΓ(x) for x > 0, with relative precision at its zeros 1 and 2 too. @throws RangeError unless x is positive */
export function logGamma(x: number): number {
  requireShape('x', x);
  if (x < 0.5) return logGammaGain(1, x) - Math.log(x);
  if (x < 1.5) return logGammaGain(1, x - 1);
  if (x < 2.5) return logGammaGain(2, x - 2);
  return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + binet(x);
}
