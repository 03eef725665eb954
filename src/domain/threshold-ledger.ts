import type { Actor } from './actor.ts';
import type { LivePolicy } from './assignment.ts';
import type { LearningMode, ThresholdProposal } from './learning.ts';

/** What may become of a proposal; open: nobody has decided yet. */
export const PROPOSAL_STATES = ['open', 'applied', 'rejected', 'superseded', 'reverted'] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** A decision about a proposal; a reverted one was applied before. */
export interface ProposalDecision {
  decision: Exclude<ProposalState, 'open'>;
  /** The version that it put in force; null where it put none. */
  policyVersion: number | null;
  reason: string;
  actor: Actor;
  at: Date;
}

/** A proposal of the ledger: nothing of it ever changes but that decisions are added. */
export interface LedgerProposal {
  proposalNo: number;
  cycleNo: number;
  /** The read that its evidence was seen beside. */
  readNo: number;
  campaignId: string;
  segment: string;
  action: string;
  /** Whose policy the cycle looked at: the segment's own, or '*'. */
  policySegment: string;
  policyVersion: number;
  proposal: ThresholdProposal;
  /** asOf of the cycle. */
  asOf: Date;
  proposedBy: Actor;
  state: ProposalState;
  /** Oldest first. */
  decisions: ProposalDecision[];
}

/** A version of a live policy with who put it in force, when and why. */
export interface PolicyVersionLine extends LivePolicy {
  reason: string;
  actor: Actor;
  at: Date;
}

/** A turn of one of learning's switches; null: it says nothing about that one. segment '*': the whole campaign. */
export interface SwitchLine {
  switchNo: number;
  segment: string;
  mode: LearningMode | null;
  frozen: boolean | null;
  reason: string;
  actor: Actor;
  at: Date;
}
