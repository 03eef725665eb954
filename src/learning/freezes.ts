import type { Freeze } from '../domain/learning.ts';
import type { CampaignRead, SampleRatioRead } from '../domain/read.ts';
import type { ReadInputs } from '../domain/read-inputs.ts';
import type { SwitchLine } from '../domain/threshold-ledger.ts';
import { sampleRatiosOf } from '../experiments/read/sample-ratios.ts';

const DAY_MS = 86_400_000;
/** Under so many mature entries of an action nothing is learned from it. */
const FEWEST_ENTRIES = 100;
const FEED_DAYS = 2;

/** Mature entries of one action, on both sides. */
export interface MatureEntries {
  treated: number;
  heldOut: number;
  /** Local date of the newest wave among them. */
  through: string;
}

/** How far the evidence went when a cycle could last move a policy: mature entries of its action, and their newest wave. */
export interface Judged {
  entries: number;
  through: string | null;
}

/** What the freezes of one campaign are decided from. */
export interface FreezeFacts {
  read: Pick<CampaignRead, 'sampleRatio'>;
  inputs: ReadInputs;
  /** By action. */
  mature: ReadonlyMap<string, MatureEntries>;
  /** Null: no cycle could move it yet. */
  judged: (of: { segment: string; action: string }) => Judged | null;
}

/** What forbids to move the policy of a segment and action, whatever the evidence; the algorithm itself adds its cooldown and mode. */
export function freezesOf(
  facts: FreezeFacts,
  policy: { segment: string; action: string; frozenBy: SwitchLine | null },
): Freeze[] {
  const { frozenBy } = policy;
  return [
    frozenBy === null ? null : byHand(frozenBy),
    sampleRatio(facts, policy),
    staleFeed(facts),
    maturity(facts, policy),
  ].filter((freeze) => freeze !== null);
}

function byHand(turn: SwitchLine): Freeze {
  const of = turn.segment === '*' ? 'the campaign' : `segment ${turn.segment}`;
  return {
    reason: 'by_hand',
    sentence: `${turn.actor} froze ${of} on ${turn.at.toISOString().slice(0, 10)}: ${turn.reason.replace(/\.$/, '')}.`,
  };
}

/** Of all entries, and of those that came in since a cycle could last move the policy: a new leak would drown in old entries. */
function sampleRatio(facts: FreezeFacts, policy: { segment: string; action: string }): Freeze | null {
  const { read, inputs } = facts;
  const isAlarm = (one: SampleRatioRead): boolean => one.action === policy.action && one.alarm;
  const whole = read.sampleRatio.find(isAlarm);
  if (whole !== undefined) return { reason: 'sample_ratio', sentence: whole.sentence };
  const since = facts.judged(policy)?.through ?? null;
  if (since === null) return null;
  const fresh = inputs.cells.filter((cell) => cell.slice === null && cell.day > since);
  const alarm = sampleRatiosOf(inputs, fresh).find(isAlarm);
  return alarm === undefined ? null : { reason: 'sample_ratio', sentence: `Since ${since}: ${alarm.sentence}` };
}

/** A feed is stale when nothing came for two days, or a seventh of the outcome window: conversions would be missing on both sides. */
function staleFeed({ inputs }: FreezeFacts): Freeze | null {
  // Outcomes of a recorded experiment came with it.
  if (!inputs.strata.some((stratum) => stratum.source === 'live')) return null;
  const { newestEventAt } = inputs.remarks;
  const limit = Math.max(FEED_DAYS, inputs.goal.windowDays / 7);
  if (newestEventAt === null) return { reason: 'stale_feed', sentence: 'No event has ever come in.' };
  const days = (Date.parse(inputs.asOf) - Date.parse(newestEventAt)) / DAY_MS;
  if (days <= limit) return null;
  const sentence = `The newest event is ${days.toFixed(1)} days old (${newestEventAt.slice(0, 16)}Z), more than ${limit.toFixed(1)}: outcomes are missing.`;
  return { reason: 'stale_feed', sentence };
}

function maturity(facts: FreezeFacts, policy: { segment: string; action: string }): Freeze | null {
  const { action } = policy;
  const { treated, heldOut } = facts.mature.get(action) ?? { treated: 0, heldOut: 0 };
  const entries = treated + heldOut;
  const window = `${facts.inputs.goal.windowDays} days`;
  if (entries < FEWEST_ENTRIES) {
    const sentence = `${entries} entries of ${action} are past their outcome window of ${window}; ${FEWEST_ENTRIES} are needed.`;
    return { reason: 'immature', sentence };
  }
  if (treated === 0 || heldOut === 0) {
    const who = heldOut === 0 ? 'held out of' : 'treated with';
    return { reason: 'no_comparator', sentence: `Nobody was ${who} ${action}: there is nothing to compare with.` };
  }
  const judged = facts.judged(policy);
  if (judged === null || entries > judged.entries) return null;
  return {
    reason: 'immature',
    sentence: `No entry of ${action} has passed its outcome window of ${window} since the last cycle, which stands.`,
  };
}

/** Which side a group's entries are evidence for: a control arm that gets nothing is held out, one that sends is neither. */
function sideOf(
  arms: ReadInputs['arms'],
  cell: { action: string; group: string },
): keyof Pick<MatureEntries, 'treated' | 'heldOut'> | null {
  if (cell.group === 'global_holdout') return null;
  if (cell.group === 'holdout' || cell.group === 'untreated') return 'heldOut';
  const arm = arms.find((one) => one.action === cell.action && one.arm === cell.group);
  if (!arm?.control) return 'treated';
  return arm.sends ? null : 'heldOut';
}

/** Mature entries by action, the exploration band included. */
export function matureEntries(inputs: Pick<ReadInputs, 'strata' | 'cells' | 'arms'>): Map<string, MatureEntries> {
  const actions = new Map(inputs.strata.map((stratum) => [stratum.stratum, stratum.action]));
  const mature = new Map<string, MatureEntries>();
  for (const cell of inputs.cells) {
    const action = actions.get(cell.stratum);
    if (action === undefined || cell.slice !== null) continue;
    const side = sideOf(inputs.arms, { action, group: cell.group });
    if (side === null) continue;
    const sums = mature.get(action) ?? { treated: 0, heldOut: 0, through: '' };
    if (cell.day > sums.through) sums.through = cell.day;
    sums[side] += cell.entries;
    mature.set(action, sums);
  }
  return mature;
}
