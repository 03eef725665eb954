import type { Db } from '../db/connect.ts';
import { recordAudit } from '../db/queries/audit.ts';
import { lockCampaign } from '../db/queries/open-wave.ts';
import { insertPolicy, livePolicies } from '../db/queries/policies.ts';
import { insertDecision } from '../db/queries/proposals.ts';
import type { Actor } from '../domain/actor.ts';
import type { LivePolicy } from '../domain/assignment.ts';
import type { PolicyNumbers } from '../domain/learning.ts';
import type { LedgerProposal } from '../domain/threshold-ledger.ts';
import { serving } from './policies-in-force.ts';

/** What a decision needs of its proposal. */
export type DecidedProposal = Pick<
  LedgerProposal,
  'proposalNo' | 'cycleNo' | 'campaignId' | 'segment' | 'action' | 'policySegment' | 'policyVersion' | 'proposal'
>;

/** The policy that serves the proposal's segment now; no other can come in until the transaction ends. Undefined where the action is gone. */
export async function lockedPolicy(trx: Db, of: DecidedProposal): Promise<LivePolicy | undefined> {
  await lockCampaign(trx, of.campaignId);
  return serving(await livePolicies(trx, of.campaignId), of);
}

/** True where nothing has been put in force for the proposal's segment and action since its cycle looked. */
export function isWhatItSaw(of: DecidedProposal, policy: LivePolicy): boolean {
  return policy.segment === of.policySegment && policy.policyVersion === of.policyVersion;
}

/**
 * Writes the next version of the proposal's segment and action, `policy` with `numbers` changed, the decision that did it and
 * the audit line; a segment that '*' served gets a policy of its own. Call it in a transaction that holds the policy's lock.
 */
export async function putInForce(
  trx: Db,
  input: {
    of: DecidedProposal;
    policy: LivePolicy;
    numbers: Partial<PolicyNumbers>;
    decision: 'applied' | 'reverted';
    reason: string;
    actor: Actor;
    at: Date;
  },
): Promise<LivePolicy> {
  const { of, decision, reason, actor, at } = input;
  const { proposalNo, campaignId, segment, action } = of;
  const { policyVersion: _, ...policy } = { ...input.policy, segment, ...input.numbers };
  const why = `proposal ${proposalNo} ${decision}: ${reason}`;
  const policyVersion = await insertPolicy(trx, { campaignId, policy, reason: why, actor });
  await insertDecision(trx, { proposalNo, decision, policyVersion, reason, actor, at });
  await recordAudit(trx, {
    actor,
    action: decision === 'applied' ? 'threshold.apply' : 'threshold.revert',
    subject: `${campaignId}/${segment}/${action}`,
    details: { proposalNo, policyVersion, reason },
  });
  return { ...policy, policyVersion };
}
