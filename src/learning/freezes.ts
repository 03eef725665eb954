import type { Freeze } from '../domain/learning.ts';
import type { CampaignRead } from '../domain/read.ts';
import type { ReadInputs } from '../domain/read-inputs.ts';
import type { SwitchLine } from '../domain/threshold-ledger.ts';

const DAY_MS = 86_400_000;
/** Under so many mature entries of an action nothing is learned from it. */
const FEWEST_ENTRIES = 100;
const FEED_DAYS = 2;

/** Mature entries of one action, on both sides. */
export interface MatureEntries {
  treated: number;
  heldOut: number;
}

/** What the freezes of one campaign are decided from. */
export interface FreezeFacts {
  read: Pick<CampaignRead, 'sampleRatio'>;
  inputs: Pick<ReadInputs, 'asOf' | 'goal' | 'strata' | 'remarks'>;
  /** By action. */
  mature: ReadonlyMap<string, MatureEntries>;
  /** Mature entries of the action when a cycle could last move this policy; null: never. */
  judgedAt: (of: { segment: string; action: string }) => number | null;
}

/** What forbids to move the policy of a segment and action, whatever the evidence; the algorithm itself adds its cooldown and mode. */
export function freezesOf(
  facts: FreezeFacts,
  policy: { segment: string; action: string; frozenBy: SwitchLine | null },
): Freeze[] {
  const { frozenBy } = policy;
  return [
    frozenBy === null ? null : byHand(frozenBy),
    sampleRatio(facts, policy.action),
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

function sampleRatio({ read }: FreezeFacts, action: string): Freeze | null {
  const alarm = read.sampleRatio.find((one) => one.action === action && one.alarm);
  return alarm === undefined ? null : { reason: 'sample_ratio', sentence: alarm.sentence };
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
  const judged = facts.judgedAt(policy);
  if (judged === null || entries > judged) return null;
  return {
    reason: 'immature',
    sentence: `No entry of ${action} has passed its outcome window of ${window} since the last cycle, which stands.`,
  };
}

/** Mature entries by action, the exploration band included. */
export function matureEntries(inputs: Pick<ReadInputs, 'strata' | 'cells'>): Map<string, MatureEntries> {
  const actions = new Map(inputs.strata.map((stratum) => [stratum.stratum, stratum.action]));
  const mature = new Map<string, MatureEntries>();
  for (const cell of inputs.cells) {
    const action = actions.get(cell.stratum);
    if (action === undefined || cell.slice !== null || cell.group === 'global_holdout') continue;
    const sums = mature.get(action) ?? { treated: 0, heldOut: 0 };
    sums[cell.group === 'holdout' || cell.group === 'untreated' ? 'heldOut' : 'treated'] += cell.entries;
    mature.set(action, sums);
  }
  return mature;
}
