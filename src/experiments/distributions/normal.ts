import { requireNumber, requireProbability } from './argument.ts';
import { polynomial } from './logarithms.ts';

const INVERSE_ROOT_TWO_PI = 0.3989422804014327;
const MIDDLE_TO = 0.67448975;
const ROOT_32 = 5.656854249492381;

// Rational approximations of W. J. Cody, Math. Comp. 23 (1969), in the arrangement of ACM algorithm 715; ascending powers.
const MIDDLE_OVER = [
  18154.981253343561249, 1067.6894854603709582, 161.02823106855587881, 2.2352520354606839287, 0.065682337918207449113,
];
const MIDDLE_UNDER = [45507.789335026729956, 10260.932208618978205, 976.09855173777669322, 47.20258190468824187, 1];
const FLANK_OVER = [
  9842.7148383839780218, 11602.651437647350124, 6848.1904505362823326, 2494.5375852903726711, 597.27027639480026226,
  93.506656132177855979, 8.8831497943883759412, 0.39894151208813466764, 1.0765576773720192317e-8,
];
const FLANK_UNDER = [
  19685.429676859990727, 38912.003286093271411, 34900.952721145977266, 18615.571640885098091, 6485.558298266760755,
  1519.377599407554805, 235.38790178262499861, 22.266688044328115691, 1,
];
const TAIL_OVER = [
  2.9112874951168792e-5, 0.001421619193227893466, 0.022235277870649807, 0.1274011611602473639, 0.21589853405795699,
  0.02307344176494017303,
];
const TAIL_UNDER = [
  7.29751555083966205e-5, 0.00378239633202758244, 0.0659881378689285515, 0.468238212480865118, 1.28426009614491121, 1,
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
  3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125, 45921.953931549871457,
  67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
];
const CENTRE_UNDER = [
  1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867, 39307.89580009271061,
  28729.085735721942674, 5226.495278852854561,
];
const NEAR_OVER = [
  1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504, 1.27045825245236838258,
  0.24178072517745061177, 0.0227238449892691845833, 7.7454501427834140764e-4,
];
const NEAR_UNDER = [
  1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459,
  0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9,
];
const FAR_OVER = [
  6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123, 0.026532189526576123093,
  0.0012426609473880784386, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
];
const FAR_UNDER = [
  1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525, 7.868691311456132591e-4,
  1.8463183175100546818e-5, 1.4215117583164458887e-7, 2.04426310338993978564e-15,
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
