/** The mixture over effects that bets against the null: odds ratios e^effect, weighted. */
interface BettingPoint {
  /** Log odds ratio, relative to the null value. */
  effect: number;
  logWeight: number;
}

const POINTS = 33;
const FURTHEST = 1.6;
const SPREAD = 0.5;

/** Log odds ratios on 33 points in ±1.6 with weights N(0, 0.5²), which add up to 1. */
export const MIXTURE: readonly BettingPoint[] = bettingPoints();

function bettingPoints(): BettingPoint[] {
  const effects = Array.from({ length: POINTS }, (_, at) => ((at - (POINTS - 1) / 2) * FURTHEST) / ((POINTS - 1) / 2));
  const density = effects.map((effect) => Math.exp(-0.5 * (effect / SPREAD) ** 2));
  const total = density.reduce((sum, value) => sum + value, 0);
  return effects.map((effect, at) => ({ effect, logWeight: Math.log(density[at]! / total) }));
}

/** ln E = ln Σ_j π_j·exp(effect_j·k − cumulant_j), from the largest term down. */
export function logMixture(observed: number, cumulantOf: (effect: number, at: number) => number): number {
  let largest = -Infinity;
  const terms = new Float64Array(MIXTURE.length);
  for (let at = 0; at < MIXTURE.length; at++) {
    const { effect, logWeight } = MIXTURE[at]!;
    const term = logWeight + effect * observed - cumulantOf(effect, at);
    terms[at] = term;
    if (term > largest) largest = term;
  }
  let sum = 0;
  for (const term of terms) sum += Math.exp(term - largest);
  return largest + Math.log(sum);
}
