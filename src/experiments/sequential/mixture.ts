const BETS = 33;
const SPREAD = 0.5;

/** How many bets lie in a range of 1 of the log odds ratio. */
export const BETS_PER_UNIT = 10;

/** The mixture that bets against the null: log odds ratios relative to the null value, 33 points in ±1.6. */
export const EFFECTS: Float64Array = Float64Array.from(
  { length: BETS },
  (_, at) => (at - (BETS - 1) / 2) / BETS_PER_UNIT,
);

/** Logarithms of the bets' weights N(0, 0.5²), which add up to 1. */
const LOG_WEIGHTS = logWeights();

function logWeights(): Float64Array {
  const density = EFFECTS.map((effect) => Math.exp(-0.5 * (effect / SPREAD) ** 2));
  const total = density.reduce((sum, value) => sum + value, 0);
  return density.map((value) => Math.log(value / total));
}

const terms = new Float64Array(BETS);

/** ln E = ln Σ_j π_j·exp(effect_j·observed − cumulant_j), from the largest term down. */
export function logMixture(observed: number, cumulants: Float64Array): number {
  let largest = -Infinity;
  for (let at = 0; at < BETS; at++) {
    const term = LOG_WEIGHTS[at]! + EFFECTS[at]! * observed - cumulants[at]!;
    terms[at] = term;
    if (term > largest) largest = term;
  }
  let sum = 0;
  for (let at = 0; at < BETS; at++) sum += Math.exp(terms[at]! - largest);
  return largest + Math.log(sum);
}
