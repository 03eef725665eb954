/** A point of a quadrature rule on [−1, 1] with its weight. */
export interface QuadraturePoint {
  at: number;
  weight: number;
}

/** Value and slope of the Legendre polynomial of a degree by its recurrence (DLMF 18.9.1). */
function legendre(degree: number, x: number): { value: number; slope: number } {
  let [before, value] = [1, x];
  for (let k = 2; k <= degree; k++) [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
  return { value, slope: (degree * (before - x * value)) / (1 - x * x) };
}

function rule(degree: number): QuadraturePoint[] {
  return Array.from({ length: degree }, (_, index) => {
    let at = Math.cos((Math.PI * (index + 0.75)) / (degree + 0.5));
    for (let round = 0; round < 10; round++) {
      const { value, slope } = legendre(degree, at);
      at -= value / slope;
    }
    return { at, weight: 2 / ((1 - at * at) * legendre(degree, at).slope ** 2) };
  });
}

/** The rule of 16 points: exact for polynomials of degree 31 (DLMF 3.5(v)). */
const POINTS = rule(16);

/** ∫ f from `from` to `to` by one panel of 16 Gauss–Legendre points. */
export function panelIntegral(f: (x: number) => number, from: number, to: number): number {
  const [centre, half] = [(from + to) / 2, (to - from) / 2];
  let sum = 0;
  for (const { at, weight } of POINTS) sum += weight * f(centre + half * at);
  return sum * half;
}
