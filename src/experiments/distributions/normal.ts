import { requireNumber, requireProbability } from './argument.ts';
import { polynomial } from './logarithms.ts';

const INVERSE_ROOT_TWO_PI = 0.3989422804014327;
const MIDDLE_TO = 0.67448975;
const ROOT_32 = 5.656854249492381;

// Rational approximations of W. J. Cody, Math. Comp. 23 (1969), in the arrangement of ACM algorithm 715; ascending powers.
const MIDDLE_OVER = [
  18154.98125334356, 1067.6894854603709, 161.02823106855587, 2.2352520354606837, 0.06568233791820745,
];
const MIDDLE_UNDER = [45507.78933502673, 10260.932208618979, 976.0985517377767, 47.202581904688245, 1];
const FLANK_OVER = [
  9842.714838383978, 11602.65143764735, 6848.190450536283, 2494.5375852903726, 597.2702763948002, 93.50665613217785,
  8.883149794388377, 0.39894151208813466, 1.0765576773720192e-8,
];
const FLANK_UNDER = [
  19685.429676859992, 38912.00328609327, 34900.95272114598, 18615.571640885097, 6485.558298266761, 1519.3775994075547,
  235.387901782625, 22.266688044328117, 1,
];
const TAIL_OVER = [
  0.000029112874951168793, 0.0014216191932278934, 0.022235277870649807, 0.12740116116024736, 0.215898534057957,
  0.023073441764940174,
];
const TAIL_UNDER = [
  0.00007297515550839662, 0.0037823963320275824, 0.06598813786892856, 0.4682382124808651, 1.284260096144911, 1,
];

/** Q(y)·exp(y²/2) for y above the middle: what is left of the tail once its exponential is taken out. */
function scaledTail(y: number): number {
  if (y <= ROOT_32) return polynomial(FLANK_OVER, y) / polynomial(FLANK_UNDER, y);
  const inverseSquare = 1 / (y * y);
  const correction = (inverseSquare * polynomial(TAIL_OVER, inverseSquare)) / polynomial(TAIL_UNDER, inverseSquare);
  return (INVERSE_ROOT_TWO_PI - correction) / y;
}

/** Q(y) for y above the middle; y² is split, so that its rounding isn't magnified, and halved twice, so that nothing underflows early. */
function upperTail(y: number): number {
  if (y > 40) return 0;
  const coarse = Math.trunc(y * 16) / 16;
  const rest = (y - coarse) * (y + coarse);
  const half = Math.exp((-coarse * coarse) / 4);
  return half * (half * Math.exp(-rest / 2) * scaledTail(y));
}

function middle(x: number): number {
  const square = x * x;
  return (x * polynomial(MIDDLE_OVER, square)) / polynomial(MIDDLE_UNDER, square);
}

/** Φ(x), the standard normal distribution function, to 1e-15 relative down to the smallest number. @throws RangeError for NaN */
export function normalCdf(x: number): number {
  return normalSf(-x);
}

/** 1 − Φ(x), the standard normal upper tail, to 1e-15 relative down to the smallest number. @throws RangeError for NaN */
export function normalSf(x: number): number {
  requireNumber('x', x);
  if (Math.abs(x) <= MIDDLE_TO) return 0.5 - middle(x);
  return x > 0 ? upperTail(x) : 1 - upperTail(-x);
}

/** ln Φ(x), finite where Φ itself is too small for a number. @throws RangeError for NaN */
export function normalLogCdf(x: number): number {
  requireNumber('x', x);
  return x < -MIDDLE_TO ? Math.log(scaledTail(-x)) - (x * x) / 2 : Math.log1p(-normalSf(x));
}

/** The standard normal density exp(−x²/2)/√(2π). */
export function normalDensity(x: number): number {
  return INVERSE_ROOT_TWO_PI * Math.exp((-x * x) / 2);
}

// Wichura, algorithm AS 241 (PPND16), Applied Statistics 37 (1988); ascending powers.
const CENTRE_OVER = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
  33430.57558358813, 2509.0809287301227,
];
const CENTRE_UNDER = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271, 28729.085735721943,
  5226.495278852854,
];
const NEAR_OVER = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684, 0.2417807251774506,
  0.022723844989269184, 0.0007745450142783414,
];
const NEAR_UNDER = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
];
const FAR_OVER = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 0.000027115555687434876, 2.0103343992922881e-7,
];
const FAR_UNDER = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 0.000018463183175100548,
  1.421511758316446e-7, 2.0442631033899397e-15,
];

/** z with Φ(z) = p, to 1e-15 relative: AS 241; −∞ at 0 and ∞ at 1. @throws RangeError unless 0 ≤ p ≤ 1 */
export function normalQuantile(p: number): number {
  requireProbability('p', p);
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  const offset = p - 0.5;
  if (Math.abs(offset) <= 0.425) {
    const r = 0.180625 - offset * offset;
    return (offset * polynomial(CENTRE_OVER, r)) / polynomial(CENTRE_UNDER, r);
  }
  const r = Math.sqrt(-Math.log(Math.min(p, 1 - p)));
  const size =
    r <= 5
      ? polynomial(NEAR_OVER, r - 1.6) / polynomial(NEAR_UNDER, r - 1.6)
      : polynomial(FAR_OVER, r - 5) / polynomial(FAR_UNDER, r - 5);
  return offset < 0 ? -size : size;
}
