import type {
  BandValue,
  Freeze,
  LearnedPolicy,
  LearnInput,
  LearningResult,
  PolicyLearning,
} from '../../domain/learning.ts';
import { formatMinor } from '../../domain/money.ts';
import { bandValues, shrink } from './band-values.ts';
import { budgetOrder, isPaidFor } from './budget-order.ts';
import { decide, passesGate } from './decide.ts';
import { sumEvidence, WEEKLY_DECAY, type BandSums } from './evidence-sums.ts';
import { inferiorGuardrails } from './guardrails.ts';
import { estimateNetValue } from './net-value.ts';
import { chooseEstimator } from './order-value.ts';
import { scores } from './sentences.ts';
import { weighMoves, type PolicyEvidence, type WeighedMove } from './weigh-moves.ts';

function usersByBand(input: LearnInput, policy: LearnedPolicy): number[] {
  const users = Array.from({ length: input.bands }, () => 0);
  for (const row of input.usersPerWeek) {
    if (row.segment === policy.segment && row.action === policy.action && row.band in users)
      users[row.band] = row.users;
  }
  return users;
}

/** Why the net value of an action can't be named: nobody reached the goal, or it is worth nothing. Null: it can. */
function whyUnpriced(bands: readonly BandSums[]): string | null {
  const sides = bands.flatMap(({ treated, heldOut }) => [treated, heldOut]);
  const worth = sides.reduce((sum, side) => sum + side.worth.entries * side.worth.mean, 0);
  if (sides.every((side) => side.entries === 0) || worth > 0) return null;
  return sides.some((side) => side.converted > 0)
    ? 'The goal is worth nothing: the campaign sets no costs.margin, or 0, or revenue is not above 0. Net value is unknown, so that no threshold moves for it; guardrails still count.'
    : 'Nobody has reached the goal yet, treated or held out: what that is worth is unknown, so that no threshold moves for it; guardrails still count.';
}

/** Estimates and posterior of one action's policies: what one kind of help does says nothing of another. */
function learnAction(
  input: LearnInput,
  members: readonly { policy: LearnedPolicy; sums: BandSums[] }[],
  estimator: LearningResult['estimator']['estimator'],
): PolicyEvidence[] {
  const unpriced = whyUnpriced(members.flatMap(({ sums }) => sums));
  const estimates = estimateNetValue({
    policies: members.map(({ sums }) => sums),
    estimator,
    unsubscribeCost: input.unsubscribeCost,
  });
  const posterior = unpriced ? null : shrink(estimates);
  return members.map(({ policy }, group) => {
    const own = estimates[group] ?? [];
    const usersPerWeek = usersByBand(input, policy);
    const values = posterior ? bandValues({ policy, estimates: own, posterior, group, usersPerWeek }) : [];
    return { policy, estimates: own, values, usersPerWeek, posterior, group, unpriced };
  });
}

/** What keeps one policy still beyond what the caller knows: its mode, its last move, nobody to compare with. */
function freezesOf(input: LearnInput, policy: LearnedPolicy, sums: readonly BandSums[]): Freeze[] {
  const known = new Set(policy.freezes.map((freeze) => freeze.reason));
  const found: Freeze[] = [];
  if (policy.mode === 'off') found.push({ reason: 'off', sentence: `Learning is off for ${policy.segment}.` });
  const since = policy.weeksSinceMove;
  if (since !== null && since < input.cooldownWeeks) {
    const sentence = `Its interval moved ${since} weeks ago; what that did is known after ${input.cooldownWeeks}.`;
    found.push({ reason: 'cooldown', sentence });
  }
  const treated = sums.some((band) => band.treated.entries > 0);
  if (treated && !sums.some((band) => band.heldOut.entries > 0)) {
    found.push({
      reason: 'no_comparator',
      sentence: 'Nobody was held out: there is nobody to compare the treated with.',
    });
  }
  return [...policy.freezes, ...found.filter((freeze) => !known.has(freeze.reason))];
}

/** Neighbouring bands of people better left alone, as one sentence a policy. */
function leaveAloneNote(values: readonly BandValue[], input: LearnInput): string[] {
  const alone = values.filter((value) => value.leaveAlone && value.treated + value.heldOut > 0);
  if (alone.length === 0) return [];
  const words = alone.map(({ band, posterior }) => {
    const range = scores({ lo: band / input.bands, hi: (band + 1) / input.bands });
    return `${range} (${formatMinor(-posterior.value, input.currency)} lost per treated entry)`;
  });
  return [`Better left alone in ${alone[0]!.segment}, ${alone[0]!.action}: ${words.join(', ')}.`];
}

/** The evidence of every policy, in their order; policies are learned together by action. */
function learnPolicies(
  input: LearnInput,
  sums: readonly BandSums[][],
  estimator: LearningResult['estimator']['estimator'],
): PolicyEvidence[] {
  const members = input.policies.map((policy, at) => ({ policy, sums: sums[at] ?? [], at }));
  const learned = [...new Set(input.policies.map((policy) => policy.action))].flatMap((action) => {
    const own = members.filter(({ policy }) => policy.action === action);
    return learnAction(input, own, estimator).map((evidence, at) => ({ evidence, at: own[at]?.at ?? 0 }));
  });
  return learned.toSorted((a, b) => a.at - b.at).map(({ evidence }) => evidence);
}

/**
 * The steps of each policy, with the smaller of two chances: by evidence that decays, and by all of it. Who forgets and looks
 * every week gets a fresh draw every few months, and sooner or later one that passes; what is never forgotten gets no second.
 */
function sureMoves(
  input: LearnInput,
  learned: readonly PolicyEvidence[],
  estimator: LearningResult['estimator']['estimator'],
): WeighedMove[][] {
  const kept = learnPolicies(input, sumEvidence({ ...input, weeklyDecay: 1 }), estimator);
  return learned.map((evidence, at) => {
    const unforgotten = weighMoves(kept[at]!, input);
    return weighMoves(evidence, input).map((move) => ({
      ...move,
      chance: Math.min(move.chance, unforgotten.find(({ kind }) => kind === move.kind)?.chance ?? 0),
    }));
  });
}

function learnPolicy(
  input: LearnInput,
  evidence: PolicyEvidence,
  facts: { sums: readonly BandSums[]; moves: readonly WeighedMove[]; order: LearningResult['budgetOrder'] },
): PolicyLearning {
  const { policy, values } = evidence;
  const freezes = freezesOf(input, policy, facts.sums);
  const harms = inferiorGuardrails(input, policy, facts.sums);
  const moves = facts.moves.map((move) => ({ ...move, paid: isPaidFor(facts.order, evidence, move) }));
  const { segment, action, mode, policyVersion, lo, hi, treatByBand, armShares } = policy;
  const { proposals, sentence } = decide(evidence, { freezes, harms, moves }, input);
  const current = { lo, hi, treatByBand, armShares };
  return { segment, action, mode, policyVersion, current, values, freezes, proposals, sentence };
}

/**
 * One learning cycle: from the evidence by segment, action and score band to at most one bounded step per policy
 * (EXPERIMENTS.md §2, docs/learning.md). Pure: what it says depends on its input alone, and no number in it is NaN.
 */
export function learnThresholds(input: LearnInput): LearningResult {
  const { campaignId, asOf, bands, currency, budgetPerWeek } = input;
  const sums = sumEvidence({ ...input, weeklyDecay: WEEKLY_DECAY });
  const estimator = chooseEstimator(sums);
  const learned = learnPolicies(input, sums, estimator.estimator);
  const moves = sureMoves(input, learned, estimator.estimator);
  const wanted = moves.map((list) => list.filter(passesGate));
  const order = budgetPerWeek === null ? null : budgetOrder({ budgetPerWeek, policies: learned, moves: wanted, bands });
  const policies = learned.map((evidence, at) =>
    learnPolicy(input, evidence, { sums: sums[at] ?? [], moves: moves[at] ?? [], order }),
  );
  const unpriced = new Set(learned.flatMap((evidence) => evidence.unpriced ?? []));
  const notes = [...unpriced, ...learned.flatMap(({ values }) => leaveAloneNote(values, input))];
  return { campaignId, asOf, bands, currency, estimator, policies, budgetOrder: order, notes };
}
