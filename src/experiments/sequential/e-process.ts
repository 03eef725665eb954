import { conditionalLaw, logSum } from '../hypergeometric.ts';
import type { Day } from '../shapes.ts';
import { EFFECTS, logMixture } from './mixture.ts';

/**
 * The exact conditional e-process of equal odds, one entry per day: E = Σ_j π_j Π_d ψ_j^k₁d/E_H0[ψ_j^X_d] with
 * X_d ~ Hypergeometric(n₁d + n₀d, n₁d, K_d). May be looked at after every day: P(E ever ≥ 1/α) ≤ α (Ville). `p` is the smallest
 * 1/E so far, at most 1. A day (or stratum of a day) without conversions, or with nobody on one side, changes nothing.
 */
export function eProcess(days: readonly Day[]): { logE: number; p: number }[] {
  const cumulants = new Float64Array(EFFECTS.length);
  let [observed, p] = [0, 1];
  return days.map((day) => {
    const law = conditionalLaw(day);
    if (law.span > 0) {
      observed += law.observed;
      const none = logSum(law, 0);
      EFFECTS.forEach((effect, at) => (cumulants[at]! += logSum(law, effect) - none));
    }
    const logE = logMixture(observed, cumulants);
    p = Math.min(p, Math.exp(-logE));
    return { logE, p };
  });
}
