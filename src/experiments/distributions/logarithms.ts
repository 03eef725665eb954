const SERIES_FROM = -0.5;
const SERIES_TO = 1;

/** ln(1+u) − u for u > −1 without cancellation near 0: −u·r + 2r(r²/3 + r⁴/5 + …), r = u/(2+u) (DLMF 4.6.4). */
export function log1pMinus(u: number): number {
  if (u < SERIES_FROM || u > SERIES_TO) return Math.log1p(u) - u;
  const r = u / (2 + u);
  const square = r * r;
  let sum = 0;
  let power = square;
  for (let odd = 3; power / odd > Number.EPSILON * sum * 0.1; odd += 2) {
    sum += power / odd;
    power *= square;
  }
  return r * (2 * sum - u);
}

/** ln(1 − exp(x)) for x ≤ 0: the logarithm of the complement of a probability given by its logarithm (Mächler 2012). */
export function log1mExp(x: number): number {
  return x > -Math.LN2 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x));
}

/** The polynomial Σ coefficients[i]·xⁱ by Horner's rule. */
export function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}
