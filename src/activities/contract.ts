import type { ChannelName } from '../domain/words.ts';
import type { DeliveryCounts } from '../domain/delivery-counts.ts';
import type { RunState, WavePlanCounts } from '../workflows/contract.ts';

/** What `openWave` found or did for (campaign, local date). */
export interface OpenWaveResult {
  /** opened: new; found: a double trigger met the wave of that date; others: nothing to run, see reason. */
  disposition: 'opened' | 'found' | 'skipped' | 'waiting_approval' | 'refused';
  waveNo: number | null;
  localDate: string;
  decisionAt: string;
  reason: string | null;
  audience: number;
  /** Due time of each follow-up step as ISO; index 0 is step 2. Empty: first touch only. */
  followUps: string[];
}

/** On the planning queue. Inputs and results: ids, ranges, counts. */
export interface PlanningActivities {
  /**
   * Opens the wave of (campaign, local date): unique in the database, missed dates recorded `skipped`, audience counted and
   * cut into shards. A date that is not today in the campaign's zone is `skipped`, never planned late.
   */
  openWave(input: {
    campaignId: string;
    localDate?: string;
    /** ISO: when the Schedule meant the run to be; absent for manual runs. */
    scheduledAt?: string;
    /** ISO: the business clock. */
    decisionAt: string;
    trigger: 'schedule' | 'manual';
    actor: string;
    workflowId: string;
    /** A person lets a wave go that waits for approval (rule 8). */
    approve?: boolean;
  }): Promise<OpenWaveResult>;
  /** Cuts a step's candidates into shards (step 1: done by openWave, returned again). Idempotent. */
  openStep(input: {
    waveNo: number;
    step: number;
    decisionAt: string;
  }): Promise<{ shards: number; channels: ChannelName[] }>;
  /** Plans the shards [from, to) that aren't planned yet, each in its own transaction; heartbeats the next shard. */
  planShards(input: {
    waveNo: number;
    step: number;
    from: number;
    to: number;
    decisionAt: string;
  }): Promise<WavePlanCounts>;
  /**
   * After the deliveries: writes the wave's state (`following_up` while `moreSteps`, else `done`; aborted and halted stay). With
   * `failed` channels the state stays, so that the wave can be run on, and operators are told.
   */
  finishStep(input: {
    waveNo: number;
    step: number;
    moreSteps: boolean;
    failed?: ChannelName[];
  }): Promise<{ state: string }>;
  /** Writes pause, resume or abort with actor and reason; abort cancels what is not submitted. Idempotent. */
  setRunState(input: { waveNo: number; state: RunState; actor: string; reason: string }): Promise<RunState>;
  /** The state that the database holds: another process, the kill switch or a stop line may have changed it. */
  readRunState(input: { waveNo: number }): Promise<{ state: RunState; waveState: string }>;
}

/** On a channel's queue. */
export interface DeliveryActivities {
  /**
   * Housekeeping (leases out, due deferrals promoted, stale expired), then the due ranges of message_no, about `size` due
   * messages each, at most `limit` of them; the counts by state; and when the next message falls due.
   */
  findDueRanges(input: { waveNo: number; step: number; channel: ChannelName; size: number; limit: number }): Promise<{
    ranges: { from: number; to: number }[];
    counts: DeliveryCounts;
    nextDueAt: string | null;
    runState: RunState;
  }>;
  /** Sends what is due in [from, to]; returns when nothing of it is due, or the wave is paused, aborted or halted. */
  deliverRange(input: {
    waveNo: number;
    step: number;
    channel: ChannelName;
    from: number;
    to: number;
  }): Promise<DeliveryCounts>;
  /** Settles UNKNOWN messages with the provider where it can tell; says how many stay and when to look again. */
  reconcileUnknown(input: { waveNo: number; step: number; channel: ChannelName }): Promise<{
    settled: number;
    unknown: number;
    /** null: nothing more can be learned by asking. */
    againAt: string | null;
  }>;
}

/** What a learning cycle came to, as counts. */
export interface LearningCounts {
  /** ran: a new cycle; found: the week had its cycle already; refused: nothing to run, see reason. */
  disposition: 'ran' | 'found' | 'refused';
  reason: string | null;
  cycleNo: number | null;
  readNo: number | null;
  /** (segment, action) that were looked at, and those that something forbade to move. */
  policies: number;
  frozen: number;
  proposals: number;
  applied: number;
}

/** On the planning queue. */
export interface LearningActivities {
  /**
   * One learning cycle of a campaign for the local week of `asOf`: read, evidence, proposals, and in mode auto the move.
   * Idempotent per week. A campaign that is paused or archived doesn't learn.
   */
  runLearningCycle(input: {
    campaignId: string;
    /** ISO: the business clock. */
    asOf: string;
    actor: string;
  }): Promise<LearningCounts>;
}
