import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { OpenWaveResult } from '../activities/contract.ts';
import type { DeliveryCounts } from '../domain/delivery-counts.ts';
import type { ChannelName } from '../domain/words.ts';

/** Names that live in histories: a rename is a migration. Inputs carry ids, ranges and counts only. */
export const WORKFLOWS = {
  campaign: 'campaignWorkflow',
  wave: 'waveWorkflow',
  delivery: 'deliveryWorkflow',
  learn: 'learnThresholds',
} as const;

/** Task queues: one for workflows, one for planning, one per channel. `prefix` keeps installations apart. */
export function taskQueues(prefix: string): {
  workflows: string;
  planning: string;
  channel: (name: ChannelName) => string;
} {
  return {
    workflows: `${prefix}-workflows`,
    planning: `${prefix}-planning`,
    channel: (name) => `${prefix}-${name}`,
  };
}

export interface CampaignWorkflowInput {
  campaignId: string;
  queuePrefix: string;
  /** 'manual' runs: the local date asked for; schedules: taken from the scheduled time. */
  localDate?: string;
  /** ISO time: the business clock; absent: the time of the run. */
  decisionAt?: string;
  actor: string;
  /** A person lets a wave go that waits for approval (rule 8). */
  approve?: boolean;
  /** True where the server knows the attributes of search-attributes.ts; elsewhere setting them would fail the run. */
  searchAttributes?: boolean;
  /** Set by continue-as-new. */
  resumeFrom?: { opened: OpenWaveResult; step: number; state: RunState };
}

export interface WaveWorkflowInput {
  waveNo: number;
  step: number;
  campaignId: string;
  localDate: string;
  queuePrefix: string;
  decisionAt: string;
  /** Whether a follow-up comes after this step: the wave is then `following_up`, not `done`. */
  moreSteps: boolean;
  searchAttributes?: boolean;
  /** Set by continue-as-new. */
  resumeFrom?: {
    nextShard: number;
    shards: number;
    channels: ChannelName[];
    planned: WavePlanCounts;
    state: RunState;
  };
}

export interface DeliveryWorkflowInput {
  waveNo: number;
  step: number;
  channel: ChannelName;
  queuePrefix: string;
  campaignId: string;
  localDate: string;
  /** Carried over continue-as-new. */
  resumeFrom?: { totals: DeliveryCounts; state: RunState; waits: number };
}

export interface LearnWorkflowInput {
  campaignId: string;
  queuePrefix: string;
  /** ISO time: the business clock, where no Schedule gives it; absent: the time of the run. */
  asOf?: string;
  actor: string;
}

export interface WavePlanCounts {
  audience: number;
  contacted: number;
  heldOut: number;
  blocked: number;
  deferred: number;
}

export type RunState = 'running' | 'paused' | 'aborted';

export interface WaveProgress {
  waveNo: number;
  step: number;
  phase: 'planning' | 'sending' | 'finished';
  state: RunState;
  planned: WavePlanCounts;
  shardsDone: number;
  shards: number;
  delivery: Partial<Record<ChannelName, DeliveryCounts>>;
}

export interface DeliveryProgress {
  state: RunState;
  totals: DeliveryCounts;
  /** ISO time of the next due message when nothing is due now. */
  waitingUntil: string | null;
}

export interface CampaignProgress {
  state: RunState;
  /** null until openWave answered. */
  disposition: OpenWaveResult['disposition'] | null;
  reason: string | null;
  localDate: string | null;
  waveNo: number | null;
  step: number;
  nextStepAt: string | null;
}

/** `actor` goes to the audit log. */
export interface ControlInput {
  actor: string;
  reason: string;
}

export const pauseUpdate = defineUpdate<RunState, [ControlInput]>('pause');
export const resumeUpdate = defineUpdate<RunState, [ControlInput]>('resume');
export const abortUpdate = defineUpdate<RunState, [ControlInput]>('abort');
/** From parent to child and from the CLI: state changed in the database, look again. */
export const wakeSignal = defineSignal<[RunState]>('wake');

export const campaignProgressQuery = defineQuery<CampaignProgress>('campaignProgress');
export const waveProgressQuery = defineQuery<WaveProgress>('waveProgress');
export const deliveryProgressQuery = defineQuery<DeliveryProgress>('deliveryProgress');

/** Builder and parser of workflow ids; campaign ids are slugs, so nothing personal is in them. */
export const workflowIds = {
  campaign: (campaignId: string): string => `campaign/${campaignId}`,
  wave: (campaignId: string, localDate: string, step = 1): string =>
    step === 1 ? `wave/${campaignId}/${localDate}` : `wave/${campaignId}/${localDate}/step-${step}`,
  delivery: (campaignId: string, localDate: string, step: number, channel: ChannelName): string =>
    `delivery/${campaignId}/${localDate}/${step}/${channel}`,
  schedule: (campaignId: string): string => `recall/${campaignId}`,
  learn: (campaignId: string): string => `learn/${campaignId}`,
  learnSchedule: (campaignId: string): string => `learn/${campaignId}`,
};

/** Reads a wave workflow id back; null when it is none. */
export function parseWaveId(id: string): { campaignId: string; localDate: string; step: number } | null {
  const match = /^wave\/([a-z0-9-]+)\/(\d{4}-\d{2}-\d{2})(?:\/step-(\d+))?$/.exec(id);
  if (!match?.[1] || !match[2]) return null;
  return { campaignId: match[1], localDate: match[2], step: Number(match[3] ?? 1) };
}
