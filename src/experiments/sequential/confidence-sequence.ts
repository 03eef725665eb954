/** At how many entries the sequence is tightest, unless a caller says otherwise (gbstats' default). */
const TUNING = 5000;

/**
 * Half the width of the asymptotic confidence sequence of a mean after `entries`, valid at every look: with
 * ρ² = (−2·ln α + ln(−2·ln α + 1))/tuning, σ·√(2(nρ² + 1)/(n²ρ²) · ln(√(nρ² + 1)/α)) (Waudby-Smith et al., arXiv:2103.06476,
 * eq. 9). For a difference, σ² = n·(s₁²/n₁ + s₀²/n₀) over all n entries. Infinity for nobody.
 */
export function confidenceSequence(input: { entries: number; sigma: number; alpha: number; tuning?: number }): number {
  const { entries: n, sigma, alpha, tuning = TUNING } = input;
  if (n === 0) return Infinity;
  const spending = -2 * Math.log(alpha);
  const rho2 = (spending + Math.log(spending + 1)) / tuning;
  const growth = n * rho2 + 1;
  return sigma * Math.sqrt(((2 * growth) / (n * n * rho2)) * Math.log(Math.sqrt(growth) / alpha));
}
