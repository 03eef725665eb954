import type { Knex } from 'knex';
import { recordAudit } from '../db/queries/audit.ts';
import { loadVersion } from '../db/queries/campaigns.ts';
import { lockLearning } from '../db/queries/learning-cycles.ts';
import { learningSwitches } from '../db/queries/learning-switches.ts';
import { findProposal, insertDecision, listProposals } from '../db/queries/proposals.ts';
import type { Actor } from '../domain/actor.ts';
import type { LivePolicy } from '../domain/assignment.ts';
import { RecallwaveError } from '../domain/failures.ts';
import type { LedgerProposal } from '../domain/threshold-ledger.ts';
import { isWhatItSaw, lockedPolicy, putInForce } from '../learning/put-in-force.ts';
import { switchesOf } from '../learning/switches.ts';
import { changedNumbers, hasNumbers } from '../policy/policy-numbers.ts';

/** A person's decision about one proposal. */
export interface ProposalOrder {
  db: Knex;
  proposalNo: number;
  actor: Actor;
  reason: string;
  now: Date;
}

/** What a decision put in force; null where it put nothing. */
export interface DecidedThreshold {
  proposal: LedgerProposal;
  policy: LivePolicy | null;
}

/** Puts a proposal in force for the next wave. NotFound; BadInput where it was decided on, the policy has moved on since, or is frozen. */
export function applyProposal(order: ProposalOrder): Promise<DecidedThreshold> {
  return decide(order, async (trx, proposal) => {
    mustBeOpen(proposal);
    await mustNotBeFrozen(trx, proposal);
    const policy = await mustServe(trx, proposal);
    const numbers = changedNumbers(proposal.proposal.from, proposal.proposal.to);
    if (!isWhatItSaw(proposal, policy)) throw movedOn(proposal, policy);
    const { actor, reason, now: at } = order;
    return putInForce(trx, { of: proposal, policy, numbers, decision: 'applied', reason, actor, at });
  });
}

/** Declines a proposal; nothing else changes. NotFound; BadInput where it was decided on. */
export function rejectProposal(order: ProposalOrder): Promise<DecidedThreshold> {
  return decide(order, async (trx, proposal) => {
    mustBeOpen(proposal);
    const { proposalNo, actor, reason, now: at } = order;
    await insertDecision(trx, { proposalNo, decision: 'rejected', reason, actor, at });
    const subject = `${proposal.campaignId}/${proposal.segment}/${proposal.action}`;
    await recordAudit(trx, { actor, action: 'threshold.reject', subject, details: { proposalNo, reason } });
    return null;
  });
}

/**
 * Takes an applied proposal back: the numbers from before it as a new version; what it did stays in the ledger. NotFound;
 * BadInput where it isn't in force, or a later change builds on it.
 */
export function revertProposal(order: ProposalOrder): Promise<DecidedThreshold> {
  return decide(order, async (trx, proposal) => {
    if (proposal.state !== 'applied') {
      throw new RecallwaveError(
        'BadInput',
        `proposal ${proposal.proposalNo} is not in force: ${stateInWords(proposal)}`,
        `only an applied one can be taken back; see \`recallwave threshold history ${proposal.campaignId}\``,
      );
    }
    const policy = await mustServe(trx, proposal);
    const { from, to } = proposal.proposal;
    if (!hasNumbers(policy, changedNumbers(from, to))) throw await builtOn(trx, proposal, policy);
    const { actor, reason, now: at } = order;
    const numbers = changedNumbers(to, from);
    return putInForce(trx, { of: proposal, policy, numbers, decision: 'reverted', reason, actor, at });
  });
}

type Decision = (trx: Knex.Transaction, proposal: LedgerProposal) => Promise<LivePolicy | null>;

async function decide(order: ProposalOrder, decision: Decision): Promise<DecidedThreshold> {
  const { db, proposalNo } = order;
  const { campaignId } = await namedProposal(db, proposalNo);
  return db.transaction(async (trx) => {
    await lockLearning(trx, campaignId);
    const policy = await decision(trx, await namedProposal(trx, proposalNo));
    return { proposal: await namedProposal(trx, proposalNo), policy };
  });
}

async function namedProposal(db: Knex | Knex.Transaction, proposalNo: number): Promise<LedgerProposal> {
  const found = await findProposal(db, proposalNo);
  if (found) return found;
  throw new RecallwaveError(
    'NotFound',
    `there is no proposal ${proposalNo}`,
    'see a campaign’s with `recallwave threshold history CAMPAIGN`; make some with `recallwave threshold propose CAMPAIGN`',
  );
}

function mustBeOpen(proposal: LedgerProposal): void {
  if (proposal.state === 'open') return;
  const fix: Record<Exclude<LedgerProposal['state'], 'open'>, string> = {
    applied: `take it back with \`recallwave threshold revert ${proposal.proposalNo} --reason TEXT\``,
    rejected: `look again with \`recallwave threshold propose ${proposal.campaignId}\``,
    superseded: `see the newer ones with \`recallwave threshold show ${proposal.campaignId}\``,
    reverted: `look again with \`recallwave threshold propose ${proposal.campaignId}\``,
  };
  throw new RecallwaveError(
    'BadInput',
    `proposal ${proposal.proposalNo} is decided on: ${stateInWords(proposal)}`,
    fix[proposal.state],
  );
}

function stateInWords(proposal: LedgerProposal): string {
  const last = proposal.decisions.at(-1);
  return last === undefined
    ? 'open'
    : `${last.decision} by ${last.actor} on ${last.at.toISOString().slice(0, 10)} (${last.reason})`;
}

async function mustNotBeFrozen(trx: Knex.Transaction, proposal: LedgerProposal): Promise<void> {
  const { campaignId, segment } = proposal;
  const campaignMode = (await loadVersion(trx, { campaignId }))?.campaign.learning.mode ?? 'suggest';
  const { frozenBy } = switchesOf(await learningSwitches(trx, campaignId), { segment, campaignMode });
  if (frozenBy === null) return;
  const which = frozenBy.segment === '*' ? '' : ` --segment ${frozenBy.segment}`;
  throw new RecallwaveError(
    'BadInput',
    `thresholds of ${campaignId}${which === '' ? '' : `, segment ${segment}`} are frozen by ${frozenBy.actor}: ${frozenBy.reason}`,
    `thaw them with \`recallwave threshold unfreeze ${campaignId}${which} --reason TEXT\``,
  );
}

async function mustServe(trx: Knex.Transaction, proposal: LedgerProposal): Promise<LivePolicy> {
  const policy = await lockedPolicy(trx, proposal);
  if (policy) return policy;
  throw new RecallwaveError(
    'BadInput',
    `campaign ${proposal.campaignId} has no policy for action ${proposal.action} any more`,
    'the action went with a newer version; nothing is to be changed',
  );
}

function movedOn(proposal: LedgerProposal, policy: LivePolicy): RecallwaveError {
  const saw = `${proposal.policySegment}/${proposal.action} version ${proposal.policyVersion}`;
  const now = `${policy.segment}/${policy.action} version ${policy.policyVersion}`;
  return new RecallwaveError(
    'BadInput',
    `the policy has moved on since proposal ${proposal.proposalNo}: it saw ${saw}, in force is ${now}`,
    `look again with \`recallwave threshold propose ${proposal.campaignId}\``,
  );
}

async function builtOn(trx: Knex.Transaction, proposal: LedgerProposal, policy: LivePolicy): Promise<RecallwaveError> {
  const { campaignId, segment, action } = proposal;
  const later = (await listProposals(trx, { campaignId, segment, limit: 100 })).find(
    (one) => one.action === action && one.state === 'applied' && one.proposalNo > proposal.proposalNo,
  );
  return new RecallwaveError(
    'BadInput',
    `proposal ${proposal.proposalNo} can’t be taken back: version ${policy.policyVersion} in force changed the same numbers since`,
    later === undefined
      ? `set the numbers by the campaign's file: \`recallwave campaign apply FILE --reset-policy\``
      : `take back the later one first: \`recallwave threshold revert ${later.proposalNo} --reason TEXT\``,
  );
}
