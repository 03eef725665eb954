import { panelIntegral } from './gauss-legendre.ts';

const MOST_PANELS = 100;

/**
 * ∫₀^end exp(g(s)) ds for a concave g with g(0) = 0 that falls (`slope` ≥ 0: −g′(0); `curvature` > 0: −g″(0)), in panels of
 * a few standard deviations or e-folds, until a panel adds nothing. What remains of a tail once the density at its edge is
 * taken out, for shapes so large that series and continued fractions would need thousands of terms.
 */
export function tailIntegral(input: {
  exponent: (s: number) => number;
  slope: number;
  curvature: number;
  end: number;
}): number {
  const width = Math.min(6 / Math.max(input.slope, 0), 3 / Math.sqrt(input.curvature));
  const ratio = (s: number): number => Math.exp(input.exponent(s));
  let sum = 0;
  for (let panel = 0; panel < MOST_PANELS; panel++) {
    const from = panel * width;
    if (from >= input.end) break;
    const added = panelIntegral(ratio, from, Math.min(from + width, input.end));
    sum += added;
    if (added < Number.EPSILON * 0.1 * sum) break;
  }
  return sum;
}
