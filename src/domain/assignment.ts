import type { Assignment } from './words.ts';

/** The draws of one entry: independent uniforms in [0, 1) cut from one hash. */
export interface Draws {
  holdout: number;
  treat: number;
  arm: number;
}

/** The live policy of one (campaign, segment, action), newest version (rule 7). Scores in 0..1. */
export interface LivePolicy {
  segment: string;
  action: string;
  policyVersion: number;
  lo: number;
  hi: number;
  inside: number;
  outside: number;
  exploreWidth: number;
  /** e by score band, as learned; it stands in for inside, outside and exploreWidth. null: they hold. */
  treatByBand: number[] | null;
  armShares: Record<string, number>;
}

/** What chance decided, with the probability of each layer (rule 4). */
export interface AssignmentResult {
  assignment: Assignment;
  arm: string | null;
  pGlobalHoldout: number;
  pHoldout: number;
  pTreat: number;
  pArm: number | null;
}
