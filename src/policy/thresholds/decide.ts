import type { Freeze, LearnInput, PolicyLearning, PolicyNumbers, ThresholdProposal } from '../../domain/learning.ts';
import { treatProbability } from '../../experiments/assign.ts';
import { sampledShares } from './arm-shares.ts';
import { candidateMoves } from './interval-moves.ts';
import { learnedProbabilities } from './probabilities.ts';
import { moveSentence, noMoveSentence, retreatSentence } from './sentences.ts';
import { treatsMore, type PolicyEvidence, type WeighedMove } from './weigh-moves.ts';

/** P(Δ > 0) from which a step is taken (EXPERIMENTS.md §2, step 5). */
const GATE = 0.95;
/** Entries on either side that a band needs of its own before it is taken in: neighbours alone don't speak for it. */
const OWN_ENTRIES = 30;
/** A smaller change of e is not worth a new version of the policy. */
const LEAST_CHANGE = 0.01;

/** What the cycle holds against or for a step of one policy. */
export interface Circumstances {
  freezes: Freeze[];
  /** Guardrails that are inferior, in words. */
  harms: string[];
  /** Steps with their worth, and whether the budget pays for each. */
  moves: (WeighedMove & { paid: boolean })[];
}

/** P(Δ > 0) ≥ 0.95; a band that would be taken in has entries of its own, and they say the same. */
export function passesGate(move: WeighedMove): boolean {
  return move.chance >= GATE && (!treatsMore(move) || (move.ownEntries >= OWN_ENTRIES && move.ownAgrees));
}

function numbersOf({ policy }: PolicyEvidence): PolicyNumbers {
  return { lo: policy.lo, hi: policy.hi, treatByBand: policy.treatByBand, armShares: policy.armShares };
}

/** The policy's numbers after its interval became `to`, with probabilities to match. */
function numbersAt(evidence: PolicyEvidence, to: { lo: number; hi: number }, bands: number): PolicyNumbers {
  const chancePositive = evidence.values.map((value) => value.chancePositive);
  const policy = { ...evidence.policy, ...to };
  return { ...numbersOf(evidence), ...to, treatByBand: learnedProbabilities({ policy, bands, chancePositive }) };
}

function proposal(
  evidence: PolicyEvidence,
  rest: Omit<ThresholdProposal, 'segment' | 'action' | 'from'>,
): ThresholdProposal {
  const { segment, action } = evidence.policy;
  return { segment, action, from: numbersOf(evidence), ...rest };
}

/** The step that passes the gate, is paid for and is worth most. */
function gatedMove(evidence: PolicyEvidence, facts: Circumstances, input: LearnInput): ThresholdProposal | null {
  const passing = facts.moves.filter((move) => passesGate(move) && move.paid);
  const best = passing.toSorted((a, b) => b.delta.value - a.delta.value)[0];
  if (!best) return null;
  const { kind, delta, chance, usersPerWeek, costPerWeek } = best;
  return proposal(evidence, {
    kind,
    delta,
    chance,
    usersPerWeek,
    costPerWeek,
    to: numbersAt(evidence, best.to, input.bands),
    sentence: moveSentence(evidence, best, input.currency),
  });
}

/** One band back, on the side where a treated entry is worth less. Null: nobody is treated any more. */
function retreat(evidence: PolicyEvidence, facts: Circumstances, input: LearnInput): ThresholdProposal | null {
  const worth = (gained: readonly number[]): number =>
    evidence.values[gained.findIndex((part) => part < 0)]?.posterior.value ?? 0;
  const back = candidateMoves(evidence.policy, input.bounds, input.bands)
    .filter((move) => !treatsMore(move))
    .toSorted((a, b) => worth(a.gained) - worth(b.gained))[0];
  if (!back) return null;
  const weighed = facts.moves.find((move) => move.kind === back.kind);
  const users = back.gained.map((part, band) => part * (evidence.usersPerWeek[band] ?? 0));
  return proposal(evidence, {
    kind: 'retreat',
    to: numbersAt(evidence, back.to, input.bands),
    delta: weighed?.delta ?? null,
    chance: weighed?.chance ?? null,
    usersPerWeek: users.reduce((sum, count) => sum + count, 0),
    costPerWeek: users.reduce((sum, count, band) => sum + count * (evidence.estimates[band]?.costPerTreated ?? 0), 0),
    sentence: retreatSentence(evidence, back, facts.harms),
  });
}

/** New probabilities by band, new shares of the arms, or both; they move no threshold. */
function spread(evidence: PolicyEvidence, input: LearnInput): ThresholdProposal | null {
  const { policy } = evidence;
  const found = input.thompson ? sampledShares(input.thompson, policy) : null;
  const fitting = evidence.posterior ? numbersAt(evidence, policy, input.bands).treatByBand : policy.treatByBand;
  const changes = Array.from({ length: input.bands }, (_, band) => {
    const now = treatProbability(policy, (band + 0.5) / input.bands);
    return fitting ? (fitting[band] ?? 0) - now : 0;
  });
  const moved = changes.some((change) => Math.abs(change) >= LEAST_CHANGE - 1e-9);
  if (!moved && !found?.shares) return null;
  const treatByBand = moved ? fitting : policy.treatByBand;
  const users = changes.map((change, band) => (moved ? change * (evidence.usersPerWeek[band] ?? 0) : 0));
  const words = moved
    ? ['The chance to be treated follows the chance of a gain in each band; the thresholds stay.']
    : [];
  return proposal(evidence, {
    kind: found?.shares ? 'arm_shares' : 'probabilities',
    to: { ...numbersOf(evidence), treatByBand, ...(found?.shares && { armShares: found.shares }) },
    delta: null,
    chance: null,
    usersPerWeek: users.reduce((sum, count) => sum + count, 0),
    costPerWeek: users.reduce((sum, count, band) => sum + count * (evidence.estimates[band]?.costPerTreated ?? 0), 0),
    sentence: [...(found?.shares ? [found.sentence] : []), ...words].join(' '),
  });
}

/** Freezes under which not even a guardrail moves anything: groups that can't be compared, and a person's hand. */
const HOLDS_ALL: readonly Freeze['reason'][] = ['sample_ratio', 'by_hand', 'off', 'no_comparator'];

/** Why nothing is proposed. */
function silence(evidence: PolicyEvidence, facts: Circumstances): string {
  const harm = facts.harms.length > 0 ? ` A guardrail is inferior all the same: ${facts.harms.join('; ')}.` : '';
  if (facts.freezes.length > 0) return facts.freezes.map((freeze) => freeze.sentence).join(' ') + harm;
  if (harm) return `Nobody is treated any more, and nothing is extended.${harm}`;
  if (evidence.unpriced) return evidence.unpriced;
  const likeliest = facts.moves.toSorted((a, b) => b.chance - a.chance)[0];
  if (!evidence.posterior)
    return 'No band has mature entries on both sides, treated and held out: nothing to learn from yet.';
  return likeliest
    ? noMoveSentence(evidence, likeliest, { gate: GATE, ownEntries: OWN_ENTRIES })
    : 'The bounds of the file leave no step.';
}

/** The one step of one policy in a cycle: a retreat first, else a gated move, else probabilities and shares; or why not. */
export function decide(
  evidence: PolicyEvidence,
  facts: Circumstances,
  input: LearnInput,
): Pick<PolicyLearning, 'proposals' | 'sentence'> {
  const reasons = new Set(facts.freezes.map((freeze) => freeze.reason));
  const held = HOLDS_ALL.some((reason) => reasons.has(reason));
  const harmed = facts.harms.length > 0;
  const stepBack = harmed && !held ? retreat(evidence, facts, input) : null;
  const step = stepBack ?? (harmed || facts.freezes.length > 0 ? null : gatedMove(evidence, facts, input));
  const still = [...reasons].every((reason) => reason === 'cooldown');
  const found = step ?? (still && !harmed ? spread(evidence, input) : null);
  if (!found) return { proposals: [], sentence: silence(evidence, facts) };
  return { proposals: [found], sentence: null };
}
