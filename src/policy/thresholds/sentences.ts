import type { PolicyNumbers } from '../../domain/learning.ts';
import { formatMinor } from '../../domain/money.ts';
import type { PolicyEvidence, WeighedMove } from './weigh-moves.ts';
import { treatsMore } from './weigh-moves.ts';

/** "0.42": a score as people read it. */
function score(value: number): string {
  return value.toFixed(2);
}

/** "97 %", never rounded up to certainty. */
export function percent(share: number): string {
  if (share > 0.994 && share < 1) return 'over 99 %';
  if (share > 0 && share < 0.006) return 'under 1 %';
  return `${(share * 100).toFixed(0)} %`;
}

/** "[0.42, 1.00)" in words. */
export function scores(interval: Pick<PolicyNumbers, 'lo' | 'hi'>): string {
  if (interval.lo >= interval.hi) return 'no scores';
  return interval.hi >= 1
    ? `scores from ${score(interval.lo)}`
    : `scores from ${score(interval.lo)} to ${score(interval.hi)}`;
}

function signed(minor: number, currency: string): string {
  return `${minor < 0 ? '−' : '+'}${formatMinor(Math.abs(minor), currency)}`;
}

/** What the entries behind a move are: "1,240 treated and 130 held out". */
function behind(evidence: PolicyEvidence, move: WeighedMove): string {
  const bands = evidence.estimates.filter((_, band) => (move.gained[band] ?? 0) !== 0);
  const count = (side: 'treated' | 'heldOut'): string =>
    bands.reduce((sum, band) => sum + band[side], 0).toLocaleString('en-US');
  return `${count('treated')} treated and ${count('heldOut')} held-out entries there, with their neighbours`;
}

function peopleAndCost(move: WeighedMove, currency: string): string {
  const people = Math.round(Math.abs(move.usersPerWeek)).toLocaleString('en-US');
  const more = treatsMore(move) ? 'more' : 'fewer';
  const cost = formatMinor(Math.abs(move.costPerWeek), currency);
  return `About ${people} ${more} people a week are contacted, which ${treatsMore(move) ? 'costs' : 'saves'} about ${cost} a week.`;
}

/** Who a policy is about: "shopper, coupon". */
function whose(evidence: PolicyEvidence): string {
  return `${evidence.policy.segment}, ${evidence.policy.action}`;
}

/** Evidence, Δ with its probability, users and cost of a gated move. */
export function moveSentence(evidence: PolicyEvidence, move: WeighedMove, currency: string): string {
  const { delta } = move;
  return (
    `Treat ${scores(move.to)} instead of ${scores(evidence.policy)} (${whose(evidence)}): ${behind(evidence, move)}, say ` +
    `${signed(delta.value, currency)} a week [${signed(delta.low, currency)}, ${signed(delta.high, currency)}], ` +
    `a gain with a chance of ${percent(move.chance)}. ${peopleAndCost(move, currency)}`
  );
}

/** Why a band is given up without asking the gate. */
export function retreatSentence(
  evidence: PolicyEvidence,
  move: Pick<WeighedMove, 'to'>,
  why: readonly string[],
): string {
  return `Retreat to ${scores(move.to)} from ${scores(evidence.policy)} (${whose(evidence)}): ${why.join('; ')}. A guardrail asks for no proof of loss.`;
}

/** Why no step is taken: the likeliest one and what it lacks. */
export function noMoveSentence(
  evidence: PolicyEvidence,
  best: WeighedMove,
  needed: { gate: number; ownEntries: number },
): string {
  const step = `treating ${scores(best.to)} instead of ${scores(evidence.policy)}`;
  const chance = percent(best.chance);
  if (best.chance < 0.5) return `No step would be a gain: the likeliest, ${step}, has a chance of ${chance}.`;
  const likeliest = `the likeliest step, ${step}, is a gain with a chance of ${chance}`;
  if (best.chance < needed.gate) return `Not enough evidence: ${likeliest}; ${percent(needed.gate)} are needed.`;
  if (treatsMore(best) && !best.ownAgrees) {
    return `Not enough evidence: ${likeliest}, but only by what its neighbours say; its own entries say otherwise.`;
  }
  if (treatsMore(best) && best.ownEntries < needed.ownEntries) {
    return `Not enough evidence: ${likeliest}, but mostly by what its neighbours say; it needs ${needed.ownEntries} treated and as many held-out entries of its own and has ${best.ownEntries} on the smaller side.`;
  }
  return `The week's budget is spent on people of better value per cost: ${likeliest}.`;
}
