import type { LearnedPolicy, LearnInput, ThresholdProposal } from '../../src/domain/learning.ts';
import { learnThresholds } from '../../src/policy/thresholds/learn.ts';
import { sumEvidence, WEEKLY_DECAY, type BandSums } from '../../src/policy/thresholds/evidence-sums.ts';
import { candidateMoves } from '../../src/policy/thresholds/interval-moves.ts';
import { estimateNetValue } from '../../src/policy/thresholds/net-value.ts';

/** A change of one policy, in the order of the input's policies. */
export interface Step {
  policy: number;
  kind: ThresholdProposal['kind'];
  lo: number;
  hi: number;
  treatByBand: number[] | null;
  /** P(Δ > 0) where the strategy names one. */
  chance: number | null;
}

/** Given what a cycle sees, the changes that are put in force. */
export interface Strategy {
  name: string;
  step(input: LearnInput): Step[];
}

/** The product: what `learnThresholds` proposes is applied at once, as in the mode auto. */
export const GATED: Strategy = {
  name: 'gate 0.95',
  step: (input) =>
    learnThresholds(input).policies.flatMap(({ proposals }, policy) =>
      proposals.map(({ kind, to, chance }) => ({
        policy,
        kind,
        lo: to.lo,
        hi: to.hi,
        treatByBand: to.treatByBand,
        chance,
      })),
    ),
};

type BandScores = (input: LearnInput, sums: readonly BandSums[][]) => (number | null)[][];

/** Moves by at most one band a week to wherever the estimate is largest, without a gate; null: unknown, counts as 0. */
function argmax(name: string, scores: BandScores): Strategy {
  return {
    name,
    step: (input) => {
      const values = scores(input, sumEvidence({ ...input, weeklyDecay: WEEKLY_DECAY }));
      return input.policies.flatMap((policy, at) => {
        const users = input.usersPerWeek.filter((row) => row.segment === policy.segment);
        const gain = (gained: readonly number[]): number =>
          gained.reduce((sum, part, band) => sum + part * (users[band]?.users ?? 0) * (values[at]?.[band] ?? 0), 0);
        const best = candidateMoves(policy, input.bounds, input.bands)
          .map((move) => ({ move, gain: gain(move.gained) }))
          .filter((weighed) => weighed.gain > 0)
          .toSorted((a, b) => b.gain - a.gain)[0];
        return best ? [{ policy: at, kind: best.move.kind, ...best.move.to, treatByBand: null, chance: null }] : [];
      });
    },
  };
}

function netValues(estimator: 'raw' | 'decomposed'): BandScores {
  return (input, sums) =>
    estimateNetValue({ policies: sums, estimator, unsubscribeCost: input.unsubscribeCost }).map((bands) =>
      bands.map(({ raw }) => raw && raw.value),
    );
}

const treatedResponse: BandScores = (_input, sums) =>
  sums.map((bands) => bands.map(({ treated }) => (treated.weight > 0 ? treated.weighted.net / treated.weight : null)));

/** The rows of the table: the product last. */
export const STRATEGIES: readonly Strategy[] = [
  { name: 'static', step: () => [] },
  argmax('treated users’ response', treatedResponse),
  argmax('weekly argmax, raw', netValues('raw')),
  argmax('weekly argmax, decomposed', netValues('decomposed')),
  GATED,
];

/** Where every run begins: bands 6 to 11 are treated. */
export function startPolicy(segment: string, action: string, exploreWidth: number): LearnedPolicy {
  return {
    segment,
    action,
    policyVersion: 1,
    lo: 0.5,
    hi: 1,
    inside: 0.9,
    outside: 0.05,
    exploreWidth,
    treatByBand: null,
    armShares: { offer: 1 },
    mode: 'auto',
    freezes: [],
    weeksSinceMove: null,
  };
}
