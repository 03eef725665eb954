import type { Actor } from '../../domain/actor.ts';
import type { ThresholdProposal } from '../../domain/learning.ts';
import type { LedgerProposal, ProposalDecision, ProposalState } from '../../domain/threshold-ledger.ts';
import type { Db } from '../connect.ts';
import { rows, sql, type Sql } from '../sql.ts';

type Row = Omit<LedgerProposal, 'state' | 'decisions'> & {
  decisions: (Omit<ProposalDecision, 'at'> & { at: string })[];
};

const LEDGER = sql`select p.proposal_no as "proposalNo", p.cycle_no as "cycleNo", c.read_no as "readNo",
    p.campaign_id as "campaignId", p.segment, p.action, p.proposal->>'policySegment' as "policySegment",
    p.policy_version as "policyVersion", p.proposal - 'policySegment' as proposal, c.as_of as "asOf", c.actor as "proposedBy",
    coalesce((select jsonb_agg(jsonb_build_object('decision', d.decision, 'policyVersion', d.policy_version,
        'reason', d.reason, 'actor', d.actor, 'at', d.at) order by d.decision_no)
      from threshold_decisions d where d.proposal_no = p.proposal_no), '[]') as decisions
  from threshold_proposals p join learning_cycles c using (cycle_no)`;

function toLedger({ decisions, ...row }: Row): LedgerProposal {
  const state: ProposalState = decisions.at(-1)?.decision ?? 'open';
  return { ...row, state, decisions: decisions.map((one) => ({ ...one, at: new Date(one.at) })) };
}

async function ledger(db: Db, where: Sql): Promise<LedgerProposal[]> {
  return (await rows<Row>(db, sql`${LEDGER} ${where}`)).map(toLedger);
}

/** Enters a proposal in the ledger; returns its number. */
export async function insertProposal(
  trx: Db,
  entry: {
    cycleNo: number;
    campaignId: string;
    policySegment: string;
    policyVersion: number;
    proposal: ThresholdProposal;
  },
): Promise<number> {
  const { proposal, policySegment } = entry;
  const [row] = await rows<{ proposal_no: number }>(
    trx,
    sql`insert into threshold_proposals (cycle_no, campaign_id, segment, action, policy_version, proposal)
      values (${entry.cycleNo}, ${entry.campaignId}, ${proposal.segment}, ${proposal.action}, ${entry.policyVersion},
        ${JSON.stringify({ ...proposal, policySegment })}::jsonb)
      returning proposal_no`,
  );
  if (!row) throw new Error('an insert returned no row');
  return row.proposal_no;
}

/** Adds a decision about a proposal. */
export async function insertDecision(
  trx: Db,
  entry: {
    proposalNo: number;
    decision: ProposalDecision['decision'];
    policyVersion?: number;
    reason: string;
    actor: Actor;
    at: Date;
  },
): Promise<void> {
  await rows(
    trx,
    sql`insert into threshold_decisions (proposal_no, decision, policy_version, reason, actor, at)
      values (${entry.proposalNo}, ${entry.decision}, ${entry.policyVersion ?? null}, ${entry.reason}, ${entry.actor}, ${entry.at})`,
  );
}

/** One proposal; null where there is none. */
export async function findProposal(db: Db, proposalNo: number): Promise<LedgerProposal | null> {
  const [found] = await ledger(db, sql`where p.proposal_no = ${proposalNo}`);
  return found ?? null;
}

/** The proposals of a campaign, newest first; `segment`: only its own. */
export function listProposals(
  db: Db,
  input: { campaignId: string; segment?: string | undefined; limit: number },
): Promise<LedgerProposal[]> {
  return ledger(
    db,
    sql`where p.campaign_id = ${input.campaignId} and (${input.segment ?? null}::text is null or p.segment = ${input.segment ?? null})
      order by p.proposal_no desc limit ${input.limit}`,
  );
}

/** What a cycle entered, in its order. */
export function proposalsOfCycle(db: Db, cycleNo: number): Promise<LedgerProposal[]> {
  return ledger(db, sql`where p.cycle_no = ${cycleNo} order by p.proposal_no`);
}

/** Proposals of a campaign that nobody has decided on, oldest first. */
export function openProposals(db: Db, campaignId: string): Promise<LedgerProposal[]> {
  return ledger(
    db,
    sql`where p.campaign_id = ${campaignId}
        and not exists (select from threshold_decisions d where d.proposal_no = p.proposal_no)
      order by p.proposal_no`,
  );
}

/** When a policy of each action last retreated, by the clock of the decision. */
export function lastRetreats(db: Db, campaignId: string): Promise<{ action: string; at: Date }[]> {
  return rows(
    db,
    sql`select p.action, max(d.at) as at from threshold_proposals p join threshold_decisions d using (proposal_no)
      where p.campaign_id = ${campaignId} and d.decision = 'applied' and p.proposal->>'kind' = 'retreat' group by p.action`,
  );
}

/** When the interval of each policy last moved by learning: applied or taken back, by the clock of the decision. */
export function lastMoves(db: Db, campaignId: string): Promise<{ segment: string; action: string; at: Date }[]> {
  return rows(
    db,
    sql`select p.segment, p.action, max(d.at) as at
      from threshold_proposals p join threshold_decisions d using (proposal_no)
      where p.campaign_id = ${campaignId} and d.decision in ('applied', 'reverted')
        and (p.proposal->'from'->'lo', p.proposal->'from'->'hi') <> (p.proposal->'to'->'lo', p.proposal->'to'->'hi')
      group by p.segment, p.action`,
  );
}

/** A proposal that nobody has decided on, for a list over all campaigns. */
export interface OpenProposal {
  proposalNo: number;
  campaignId: string;
  segment: string;
  action: string;
  sentence: string;
  asOf: Date;
}

/** Proposals of every campaign that wait for a person, newest first. */
export function openProposalsOfAll(db: Db, limit: number): Promise<OpenProposal[]> {
  return rows(
    db,
    sql`select p.proposal_no as "proposalNo", p.campaign_id as "campaignId", p.segment, p.action,
        p.proposal ->> 'sentence' as sentence, c.as_of as "asOf"
      from threshold_proposals p join learning_cycles c using (cycle_no)
      where not exists (select from threshold_decisions d where d.proposal_no = p.proposal_no)
      order by p.proposal_no desc limit ${limit}`,
  );
}
