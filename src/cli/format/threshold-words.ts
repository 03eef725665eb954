import type { PolicyNumbers, ProposalKind, ThresholdProposal } from '../../domain/learning.ts';
import { formatMinor } from '../../domain/money.ts';
import { number } from './table.ts';

const KINDS: Record<ProposalKind, string> = {
  extend_lo: 'treat lower scores too',
  raise_lo: 'stop at the low end',
  extend_hi: 'treat higher scores too',
  lower_hi: 'stop at the high end',
  retreat: 'retreat: a guardrail is inferior',
  probabilities: 'other chances to be treated',
  arm_shares: 'other shares of the arms',
};

/** What a kind of proposal does. */
export const kindWords = (kind: ProposalKind): string => KINDS[kind];

/** A score with three decimals at most: 0.5, 0.583. */
export function score(value: number): string {
  return String(Number(value.toFixed(3)));
}

/** "[0.5, 1]": the scores that are treated; an interval up to 1 holds the score 1 too. */
export function interval({ lo, hi }: Pick<PolicyNumbers, 'lo' | 'hi'>): string {
  return lo >= hi ? 'nobody' : `[${score(lo)}, ${score(hi)}${hi >= 1 ? ']' : ')'}`;
}

/** What a proposal changes, from and to, in one phrase. */
export function changeWords({ from, to }: Pick<ThresholdProposal, 'from' | 'to'>): string {
  if (interval(from) !== interval(to)) return `${interval(from)} → ${interval(to)}`;
  const shares = Object.entries(to.armShares).filter(([arm, share]) => share !== from.armShares[arm]);
  if (shares.length > 0) return shares.map(([arm, share]) => `${arm} ${percent(share)}`).join(', ');
  return 'e by score band';
}

/** "+12.50 USD a week (1.10 to 23.90), 97.3 % sure"; – for what moves no threshold. */
export function deltaWords({ delta, chance }: Pick<ThresholdProposal, 'delta' | 'chance'>, currency: string): string {
  if (delta === null) return '–';
  const range = `${money(delta.low, currency)} to ${money(delta.high, currency)}`;
  return `${signed(delta.value, currency)} a week (${range})${chance === null ? '' : `, ${sureness(chance)} sure`}`;
}

/** No chance is ever shown as certain. */
export function sureness(chance: number): string {
  if (chance > 0.999) return 'over 99.9 %';
  return chance < 0.001 ? 'under 0.1 %' : percent(chance);
}

/** "+120 users, +30.00 USD cost a week". */
export function effortWords(
  { usersPerWeek, costPerWeek }: Pick<ThresholdProposal, 'usersPerWeek' | 'costPerWeek'>,
  currency: string,
): string {
  const users = Math.round(usersPerWeek);
  return `${users >= 0 ? '+' : '−'}${number(Math.abs(users))} users, ${signed(costPerWeek, currency)} cost a week`;
}

/** 0.0634 → "6.3 %". */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** An amount of minor units with its sign: "+12.50 USD", "−3.10 USD". */
export function signed(minor: number, currency: string): string {
  return `${minor < 0 ? '−' : '+'}${formatMinor(Math.abs(minor), currency)}`;
}

function money(minor: number, currency: string): string {
  return minor < 0 ? `−${formatMinor(-minor, currency)}` : formatMinor(minor, currency);
}
