import type { ReadArm, ReadInputs, Stratum } from '../../domain/read-inputs.ts';

/** Who an arm is compared with: everybody randomly not treated, or the control arms of its action. */
export type Against = 'held_out' | 'control';

/** An arm with one comparator. */
export interface Pair {
  action: string;
  arm: string;
  against: Against;
}

/** The arms of an action. */
export function armsOf(inputs: ReadInputs, action: string): ReadArm[] {
  return inputs.arms.filter((arm) => arm.action === action);
}

/** Actions in the order of the arms, then of the strata. */
export function actionsOf(inputs: ReadInputs): string[] {
  return [...new Set([...inputs.arms, ...inputs.strata].map((item) => item.action))];
}

/** Probability that an entry of the stratum falls into arm `arm`. */
export function armProbability(stratum: Stratum, arm: string): number {
  return reached(stratum) * (1 - stratum.pHoldout) * stratum.pTreat * (stratum.armShares[arm] ?? 0);
}

/** Probability of each way of being held out. */
export function heldOutProbabilities(stratum: Stratum): { holdout: number; untreated: number; global_holdout: number } {
  return {
    holdout: reached(stratum) * stratum.pHoldout,
    untreated: reached(stratum) * (1 - stratum.pHoldout) * (1 - stratum.pTreat),
    global_holdout: stratum.pGlobalHoldout,
  };
}

function reached(stratum: Stratum): number {
  return 1 - stratum.pGlobalHoldout;
}

/** The groups that make up a comparator. */
export function comparatorGroups(inputs: ReadInputs, pair: Pair): string[] {
  if (pair.against === 'held_out') return ['holdout', 'untreated'];
  const controls = armsOf(inputs, pair.action).filter((arm) => arm.control);
  return controls.map((arm) => arm.arm);
}

/** Probability that an entry of the stratum falls into the pair's comparator. */
export function comparatorProbability(inputs: ReadInputs, pair: Pair, stratum: Stratum): number {
  if (pair.against === 'control') {
    return comparatorGroups(inputs, pair).reduce((sum, arm) => sum + armProbability(stratum, arm), 0);
  }
  const { holdout, untreated } = heldOutProbabilities(stratum);
  return holdout + untreated;
}
