import type { Client } from '@temporalio/client';
import type { Db } from '../db/connect.ts';
import { findWave, setWaveRunState, type WaveRow } from '../db/queries/waves.ts';
import type { Actor } from '../domain/actor.ts';
import { RecallwaveError } from '../domain/failures.ts';
import { abortUpdate, pauseUpdate, resumeUpdate, WORKFLOWS, workflowIds } from '../workflows/contract.ts';
import type { RunState } from '../workflows/contract.ts';

export { wakeDeliveries } from './wake-deliveries.ts';

/** `told`: the running workflow knows; `not_running`: none runs, the next one reads the database; `unreachable`: see note. */
export interface WaveChange {
  state: RunState;
  workflow: 'told' | 'not_running' | 'unreachable';
  /** A sentence for the person when the workflow could not be told. */
  note: string | null;
}

export interface WaveOrder {
  db: Db;
  /** Opens the connection only after the database has written the change. */
  temporal: () => Promise<Client>;
  waveNo: number;
  actor: Actor;
  reason: string;
}

const TELL_WITHIN_MS = 10_000;

/** Stops a wave's sending until it is resumed: in force at once by the database, which every claim reads. */
export const pauseWave = (order: WaveOrder): Promise<WaveChange> => changeWave(order, 'paused');

/** Lets a paused or halted wave go on. */
export const resumeWave = (order: WaveOrder): Promise<WaveChange> => changeWave(order, 'running');

/** Ends a wave for good: what is not submitted is cancelled, reservations and codes go back. */
export const abortWave = (order: WaveOrder): Promise<WaveChange> => changeWave(order, 'aborted');

async function changeWave(order: WaveOrder, wanted: RunState): Promise<WaveChange> {
  const { db, waveNo, actor, reason } = order;
  const state = await setWaveRunState(db, { waveNo, state: wanted, actor, reason });
  const wave = await findWave(db, { waveNo });
  if (!wave) throw new RecallwaveError('NotFound', `there is no wave ${waveNo}`, 'see: recallwave wave list');
  try {
    const client = await order.temporal();
    const told = await client.withDeadline(Date.now() + TELL_WITHIN_MS, () => tell(client, { wave, wanted, actor }));
    return { state, workflow: told ? 'told' : 'not_running', note: told ? null : NOT_RUNNING[wanted] };
  } catch {
    return { state, workflow: 'unreachable', note: UNREACHABLE[wanted] };
  }
}

const NOT_RUNNING: Record<RunState, string | null> = {
  paused: 'no workflow of this wave is running; it stays paused when one starts',
  aborted: null,
  running: 'no workflow of this wave is running: start it again with recallwave wave run',
};

const UNREACHABLE: Record<RunState, string> = {
  paused: 'Temporal or the worker did not answer; the database holds the pause, and no claim is made any more',
  aborted:
    'Temporal or the worker did not answer; the database holds the end of the wave, and no claim is made any more',
  running: 'Temporal or the worker did not answer; the wave goes on within the hour, or at once by resuming it again',
};

/** The person's own words stay in the audit log: what reaches Temporal must be free of anything personal. */
const REASON = 'see the audit log';

async function tell(
  client: Client,
  { wave, wanted, actor }: { wave: WaveRow; wanted: RunState; actor: Actor },
): Promise<boolean> {
  const update = { paused: pauseUpdate, running: resumeUpdate, aborted: abortUpdate }[wanted];
  for (const workflowId of await runningWorkflows(client, wave)) {
    try {
      await client.workflow.getHandle(workflowId).executeUpdate(update, { args: [{ actor, reason: REASON }] });
      return true;
    } catch (error) {
      // Between the look and the update it may have ended.
      if (!(error instanceof Error) || error.name !== 'WorkflowNotFoundError') throw error;
    }
  }
  return false;
}

/** The campaign workflow first, which forwards to its wave; else the wave workflows themselves. */
async function runningWorkflows(client: Client, wave: WaveRow): Promise<string[]> {
  const running: string[] = [];
  if (wave.workflowId !== null) {
    const described = await client.workflow
      .getHandle(wave.workflowId)
      .describe()
      .catch(() => undefined);
    if (described?.status.name === 'RUNNING') running.push(wave.workflowId);
  }
  const prefix = workflowIds.wave(wave.campaignId, wave.localDate);
  const query = `WorkflowType = '${WORKFLOWS.wave}' AND ExecutionStatus = 'Running' AND WorkflowId STARTS_WITH '${prefix}'`;
  for await (const { workflowId } of client.workflow.list({ query })) running.push(workflowId);
  return running;
}
