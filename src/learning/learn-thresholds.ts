import type { Knex } from 'knex';
import { DateTime } from 'luxon';
import { loadVersion, type LoadedVersion } from '../db/queries/campaigns.ts';
import {
  cycleOfWeek,
  insertCycle,
  latestConditions,
  latestCycle,
  lockLearning,
  type CycleTrigger,
} from '../db/queries/learning-cycles.ts';
import {
  findProposal,
  insertDecision,
  insertProposal,
  openProposals,
  proposalsOfCycle,
} from '../db/queries/proposals.ts';
import type { Actor } from '../domain/actor.ts';
import { RecallwaveError } from '../domain/failures.ts';
import type { LearningResult, PolicyLearning } from '../domain/learning.ts';
import type { LedgerProposal } from '../domain/threshold-ledger.ts';
import { learnThresholds } from '../policy/thresholds/learn.ts';
import { changedNumbers } from '../policy/policy-numbers.ts';
import { conditionsOf, raiseAlarms } from './cycle-alarms.ts';
import { loadLearnInput, type Subject } from './learn-input.ts';
import { isWhatItSaw, lockedPolicy, putInForce } from './put-in-force.ts';
import { readCampaign } from './read-campaign.ts';

export interface CycleOrder {
  db: Knex;
  campaignId: string;
  /** The business clock: entries opened and events that came after it don't count. */
  asOf: Date;
  /** The Schedule's cycle is unique per local week of the campaign; a person's runs whenever it is asked for. */
  trigger: CycleTrigger;
  actor: Actor;
}

export interface LearningCycle {
  cycleNo: number;
  readNo: number;
  /** True where the week had its cycle already: nothing was done. */
  found: boolean;
  result: LearningResult;
  /** What this cycle entered in the ledger, in the order of the result. */
  proposals: LedgerProposal[];
  /** Numbers of those that were put in force at once. */
  applied: number[];
}

interface Running {
  trx: Knex.Transaction;
  order: CycleOrder;
  loaded: LoadedVersion;
}

/**
 * One learning cycle, in one transaction: the campaign is read, the algorithm runs over the evidence, what it proposes goes to
 * the ledger in place of older open proposals, segments in mode auto get it at once, and operators are told what is new. One
 * cycle or decision of a campaign runs at a time. Throws NotFound; BadInput where a person asks for a time before the latest cycle's.
 */
export async function runLearningCycle(order: CycleOrder): Promise<LearningCycle> {
  const loaded = await loadVersion(order.db, { campaignId: order.campaignId });
  if (!loaded) throw new RecallwaveError('NotFound', `there is no campaign ${order.campaignId}`);
  return order.db.transaction(async (trx) => {
    await lockLearning(trx, order.campaignId);
    const running = { trx, order, loaded };
    const found = await findCycle(running);
    return found ?? runCycle(running, await neverBackwards(running));
  });
}

/** As of when: what a later cycle knew is not unlearned by an earlier one. */
async function neverBackwards({ trx, order }: Running): Promise<Date> {
  const latest = await latestCycle(trx, order.campaignId);
  if (latest === null || latest.asOf <= order.asOf) return order.asOf;
  if (order.trigger === 'schedule') return latest.asOf;
  throw new RecallwaveError(
    'BadInput',
    `cycle ${latest.cycleNo} of ${order.campaignId} knew more: it looked as of ${latest.asOf.toISOString()}`,
    'leave --as-of away; look at an earlier time with `recallwave results CAMPAIGN --as-of TIME`',
  );
}

/** Monday of the local week. */
function weekOf({ order, loaded }: Running): string {
  return DateTime.fromJSDate(order.asOf, { zone: loaded.campaign.timezone }).startOf('week').toISODate() ?? '';
}

async function findCycle(running: Running): Promise<LearningCycle | null> {
  const { trx, order } = running;
  if (order.trigger !== 'schedule') return null;
  const found = await cycleOfWeek(trx, { campaignId: order.campaignId, week: weekOf(running) });
  if (!found) return null;
  const proposals = await proposalsOfCycle(trx, found.cycleNo);
  const applied = proposals.filter((one) => one.decisions.some(({ decision }) => decision === 'applied'));
  const { cycleNo, readNo, result } = found;
  return { cycleNo, readNo, found: true, result, proposals, applied: applied.map((one) => one.proposalNo) };
}

async function runCycle(running: Running, asOf: Date): Promise<LearningCycle> {
  const { trx, order, loaded } = running;
  const { campaignId, trigger, actor } = order;
  const { readNo, read, inputs } = await readCampaign({ db: trx, campaignId, asOf, by: null, actor });
  const { input, subjects, mature } = await loadLearnInput(trx, { loaded, asOf, read, inputs });
  const result = learnThresholds(input);
  const known = await latestConditions(trx, campaignId);
  const conditions = conditionsOf({ read, result });
  const judged = Object.fromEntries(
    [...mature].map(([action, { treated, heldOut, through }]) => [action, { entries: treated + heldOut, through }]),
  );
  const evidence = { input, mature: judged, conditions: conditions.map((condition) => condition.key) };
  const week = weekOf(running);
  const cycleNo = await insertCycle(trx, { campaignId, readNo, asOf, evidence, result, trigger, week, actor });
  await supersede(running, { cycleNo, asOf, result });
  const proposals = await enter(running, { cycleNo, result, subjects });
  const applied = await applyUnattended(running, { asOf, result, proposals });
  const waiting = proposals.filter((one) => !applied.includes(one.proposalNo));
  const fresh = conditions.filter((condition) => !known.includes(condition.key));
  await raiseAlarms(trx, { campaignId, conditions: fresh, waiting: trigger === 'schedule' ? waiting : [] });
  const written = applied.length > 0 ? await proposalsOfCycle(trx, cycleNo) : proposals;
  return { cycleNo, readNo, found: false, result, proposals: written, applied };
}

/** A policy that was looked at again on new evidence has no older open proposals; without any, those that there are stand. */
async function supersede(
  { trx, order }: Running,
  cycle: { cycleNo: number; asOf: Date; result: LearningResult },
): Promise<void> {
  for (const { proposalNo, segment, action } of await openProposals(trx, order.campaignId)) {
    const policy = cycle.result.policies.find((one) => one.segment === segment && one.action === action);
    if (policy?.freezes.some((freeze) => freeze.reason === 'immature') === true) continue;
    const reason = `cycle ${cycle.cycleNo} looked again`;
    await insertDecision(trx, { proposalNo, decision: 'superseded', reason, actor: order.actor, at: cycle.asOf });
  }
}

async function enter(
  { trx, order }: Running,
  cycle: { cycleNo: number; result: LearningResult; subjects: readonly Subject[] },
): Promise<LedgerProposal[]> {
  const entered: LedgerProposal[] = [];
  for (const proposal of cycle.result.policies.flatMap((policy) => policy.proposals)) {
    const saw = cycle.subjects.find(
      (one) => one.segment === proposal.segment && one.action === proposal.action,
    )?.policy;
    if (saw === undefined) throw new Error(`a proposal for a policy that was not looked at: ${proposal.action}`);
    const { segment: policySegment, policyVersion } = saw;
    const entry = { cycleNo: cycle.cycleNo, campaignId: order.campaignId, policySegment, policyVersion, proposal };
    const found = await findProposal(trx, await insertProposal(trx, entry));
    if (found) entered.push(found);
  }
  return entered;
}

/** In mode auto: in force from the next wave on. What the campaign's people changed meanwhile is left to them. */
async function applyUnattended(
  { trx, order }: Running,
  cycle: { asOf: Date; result: LearningResult; proposals: readonly LedgerProposal[] },
): Promise<number[]> {
  const applied: number[] = [];
  for (const of of cycle.proposals) {
    if (!isUnattended(cycle.result.policies, of)) continue;
    const policy = await lockedPolicy(trx, of);
    if (policy === undefined || !isWhatItSaw(of, policy)) continue;
    const numbers = changedNumbers(of.proposal.from, of.proposal.to);
    const { sentence: reason } = of.proposal;
    await putInForce(trx, { of, policy, numbers, decision: 'applied', reason, actor: order.actor, at: cycle.asOf });
    applied.push(of.proposalNo);
  }
  return applied;
}

function isUnattended(policies: readonly PolicyLearning[], of: LedgerProposal): boolean {
  return policies.some((one) => one.segment === of.segment && one.action === of.action && one.mode === 'auto');
}
