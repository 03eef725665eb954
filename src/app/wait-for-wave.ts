import {
  ActivityFailure,
  ApplicationFailure,
  ChildWorkflowFailure,
  WorkflowFailedError,
  WorkflowNotFoundError,
  type Client,
} from '@temporalio/client';
import { FAILURES, RecallwaveError, UnreachableError } from '../domain/failures.ts';
import { CHANNELS, type ChannelName } from '../domain/words.ts';
import { campaignProgressQuery, deliveryProgressQuery, waveProgressQuery, workflowIds } from '../workflows/contract.ts';
import type { CampaignProgress, DeliveryProgress, WaveProgress } from '../workflows/contract.ts';

/** How a campaign's run stands, read from its workflows. */
export interface WaveRun {
  /**
   * running: planning or sending; waiting: nothing falls due for a while (`waitingUntil`); finished: the first touch is done,
   * follow-ups may still come; not_run: see campaign.disposition and reason (found, skipped, waiting_approval, refused).
   */
  outcome: 'running' | 'waiting' | 'paused' | 'finished' | 'aborted' | 'not_run';
  campaign: CampaignProgress;
  wave: WaveProgress | null;
  deliveries: Partial<Record<ChannelName, DeliveryProgress>>;
  /** ISO time; null unless waiting. */
  waitingUntil: string | null;
}

const POLL_MS = 300;
/** Longer than a lease: a wave that only waits for one to run out is still running. */
const PATIENCE_MS = 120_000;
const ANSWER_MS = 5_000;
const WORKER_SILENT_MS = 45_000;

interface Followed {
  client: Client;
  campaignId: string;
  /** Of the campaign workflow, as startWave and triggerSchedule return it. */
  workflowId: string;
}

/**
 * Follows a campaign's run until its first touch is through, waits for later, is paused or aborted, or there was nothing to
 * run. Throws the failure of a run that failed, and UnreachableError when no worker answers for 45 s.
 */
export async function waitForWave(input: Followed & { onProgress?: (run: WaveRun) => void }): Promise<WaveRun> {
  let answeredAt = Date.now();
  for (;;) {
    const run = await readWaveRun(input);
    if (run !== undefined) {
      answeredAt = Date.now();
      input.onProgress?.(run);
      if (run.outcome !== 'running') return run;
    } else if (Date.now() - answeredAt > WORKER_SILENT_MS) {
      throw new UnreachableError(
        'no worker answers; the wave is started and goes on once one runs',
        'start one: npm start, or recallwave worker where TEMPORAL_ADDRESS is set',
      );
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** One look at a campaign's run; undefined when no worker answers. Throws the failure of a run that failed. */
export async function readWaveRun({ client, campaignId, workflowId }: Followed): Promise<WaveRun | undefined> {
  const handle = client.workflow.getHandle(workflowId);
  const described = await ask(client, () => handle.describe());
  if (described === undefined || described === null) return undefined;
  const { status } = described;
  if (status.name === 'FAILED') throw explainFailure(await handle.result().catch((error: unknown) => error));
  const campaign = await ask(client, () => handle.query(campaignProgressQuery));
  if (campaign === undefined || campaign === null) return undefined;
  const over = status.name !== 'RUNNING' && status.name !== 'CONTINUED_AS_NEW';
  const { waveNo, localDate, disposition } = campaign;
  const run = { campaign, wave: null, deliveries: {}, waitingUntil: null };
  if (waveNo === null || localDate === null || (disposition !== 'opened' && over)) {
    return { ...run, outcome: over ? 'not_run' : 'running' };
  }
  const wave = await ask(client, () =>
    client.workflow.getHandle(workflowIds.wave(campaignId, localDate)).query(waveProgressQuery),
  );
  if (wave === undefined) return undefined;
  // Not started yet, or ended before it did anything (terminated by hand).
  if (wave === null) return { ...run, outcome: over ? 'aborted' : 'running' };
  const deliveries = await readDeliveries(client, { campaignId, localDate, wave });
  return { campaign, wave, deliveries, ...judge(wave, Object.values(deliveries), over) };
}

/** The deliveries of the first touch that were started, by channel; those that ended as the wave counted them. */
async function readDeliveries(
  client: Client,
  { campaignId, localDate, wave }: { campaignId: string; localDate: string; wave: WaveProgress },
): Promise<WaveRun['deliveries']> {
  const found: WaveRun['deliveries'] = {};
  for (const channel of CHANNELS) {
    const totals = wave.delivery[channel];
    if (totals) found[channel] = { state: wave.state, totals, waitingUntil: null };
    if (totals || wave.phase !== 'sending') continue;
    const handle = client.workflow.getHandle(workflowIds.delivery(campaignId, localDate, 1, channel));
    const progress = await ask(client, () => handle.query(deliveryProgressQuery));
    if (progress) found[channel] = progress;
  }
  return found;
}

function judge(
  wave: WaveProgress,
  deliveries: DeliveryProgress[],
  over: boolean,
): Pick<WaveRun, 'outcome' | 'waitingUntil'> {
  if (wave.phase === 'finished') {
    return { outcome: wave.state === 'aborted' ? 'aborted' : 'finished', waitingUntil: null };
  }
  if (over) return { outcome: 'aborted', waitingUntil: null };
  const open = deliveries.filter(({ totals, waitingUntil }) => totals.open > 0 || waitingUntil !== null);
  if (wave.state === 'paused' || open.some(({ state }) => state === 'paused')) {
    return { outcome: 'paused', waitingUntil: null };
  }
  const until = open.map(({ waitingUntil }) => waitingUntil ?? '').toSorted();
  const soonest = until[0];
  const waits = soonest !== undefined && soonest !== '' && Date.parse(soonest) > Date.now() + PATIENCE_MS;
  return waits ? { outcome: 'waiting', waitingUntil: soonest } : { outcome: 'running', waitingUntil: null };
}

/** null: no such workflow; undefined: nobody answered. */
async function ask<T>(client: Client, query: () => Promise<T>): Promise<T | null | undefined> {
  try {
    return await client.withDeadline(Date.now() + ANSWER_MS, query);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    return undefined;
  }
}

/** The innermost failure: the activities' own fixed sentences. */
function explainFailure(error: unknown): RecallwaveError {
  let cause = error;
  while (
    cause instanceof WorkflowFailedError ||
    cause instanceof ChildWorkflowFailure ||
    cause instanceof ActivityFailure
  ) {
    cause = cause.cause;
  }
  const type = cause instanceof ApplicationFailure ? FAILURES.find((name) => name === cause.type) : undefined;
  const message = cause instanceof Error ? cause.message : 'the run failed';
  return new RecallwaveError(type ?? 'WaveRefused', message, 'mend the cause and run again: recallwave wave run');
}
