import type { Client } from '@temporalio/client';
import type { Knex } from 'knex';
import { countWavesByState } from '../db/queries/gauges.ts';
import { databaseFigures, type DatabaseFigures } from '../db/queries/health.ts';
import { taskQueues } from '../workflows/contract.ts';
import { describeSchedules, type ScheduleLine } from './schedule-list.ts';
import { within } from './within.ts';

const PATIENCE_MS = 3_000;
/** Temporal's TASK_QUEUE_TYPE_WORKFLOW. */
const WORKFLOW_QUEUE = 1;

/** One part of the installation; `ms` until it answered, null where it didn't. */
export interface PartHealth {
  part: 'database' | 'temporal' | 'worker';
  ok: boolean;
  ms: number | null;
}

/** The health page: what answers, who works, what is due when. */
export interface HealthDetails {
  at: Date;
  status: 'ok' | 'down';
  parts: PartHealth[];
  workers: { identity: string; lastSeenAt: Date | null }[];
  database: (DatabaseFigures & { waves: Record<string, number> }) | null;
  schedules: ScheduleLine[] | null;
}

/** Asks every part, each for at most three seconds; what doesn't answer is left out, never thrown. */
export async function healthDetails(input: {
  db: Knex;
  temporal: () => Promise<Client>;
  namespace: string;
  queuePrefix: string;
  now: Date;
}): Promise<HealthDetails> {
  const { db, temporal, namespace, queuePrefix, now } = input;
  const [database, workers, schedules] = await Promise.all([
    timed(async () => ({ ...(await databaseFigures(db)), waves: await countWavesByState(db) })),
    timed(async () => pollers(await temporal(), { namespace, queue: taskQueues(queuePrefix).workflows })),
    timed(async () => describeSchedules({ client: await temporal(), db })),
  ]);
  const working = workers.value ?? [];
  const parts: PartHealth[] = [
    { part: 'database', ok: database.value !== null, ms: database.ms },
    { part: 'temporal', ok: workers.value !== null, ms: workers.ms },
    { part: 'worker', ok: working.length > 0, ms: null },
  ];
  return {
    at: now,
    status: parts.every(({ ok }) => ok) ? 'ok' : 'down',
    parts,
    workers: working,
    database: database.value,
    schedules: schedules.value,
  };
}

/** Workers that asked for workflow tasks within the last minutes. */
async function pollers(
  client: Client,
  { namespace, queue }: { namespace: string; queue: string },
): Promise<HealthDetails['workers']> {
  const described = await client.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: queue },
    taskQueueType: WORKFLOW_QUEUE,
  });
  return (described.pollers ?? []).map(({ identity, lastAccessTime }) => ({
    identity: identity ?? '',
    lastSeenAt: lastAccessTime ? new Date(Number(lastAccessTime.seconds) * 1_000) : null,
  }));
}

async function timed<T>(ask: () => Promise<T>): Promise<{ value: T | null; ms: number | null }> {
  const started = performance.now();
  const value = await within(
    PATIENCE_MS,
    ask().catch(() => null),
  );
  return { value, ms: value === null ? null : Math.round(performance.now() - started) };
}
