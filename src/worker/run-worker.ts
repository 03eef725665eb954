import { fileURLToPath } from 'node:url';
import { NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { createDeliveryActivities, type DeliveryDeps } from '../activities/delivery.ts';
import { createLearningActivities } from '../activities/learning.ts';
import { createPlanningActivities } from '../activities/planning.ts';
import { tellOperators } from '../activities/tell-operators.ts';
import { createChannels } from '../channels/create.ts';
import type { Knex } from 'knex';
import type { Config } from '../config/config.ts';
import { connect } from '../db/connect.ts';
import { insertTask } from '../db/queries/insert-task.ts';
import { CHANNELS } from '../domain/words.ts';
import { taskQueues } from '../workflows/contract.ts';
import { activityGuard } from './activity-guard.ts';
import { createLogger, type Logger } from './logger.ts';
import { createMetrics, type WorkerMetrics } from './metrics.ts';
import { connectionOptions } from './temporal-client.ts';
import { installTemporalRuntime } from './temporal-runtime.ts';

/** In-flight sends get this long to end after SIGTERM before the process goes without them. */
const FORCE_AFTER = '60s';
const DATABASE_CONNECTIONS = 40;
const SLOTS = { planning: 4, channel: 6 };

export interface WorkerInput {
  config: Config;
  databaseUrl: string;
  temporalAddress: string;
  logger?: Logger;
  /** Replaces parts of what delivery gets: another clock, other channels, a fault to inject. */
  overrides?: Partial<DeliveryDeps>;
}

export interface RunningWorker {
  metrics: WorkerMetrics;
  /** Rejects when the worker breaks down; resolves after `stop`. */
  done: Promise<void>;
  /** Stops claiming, lets what is in flight end, closes everything. */
  stop(): Promise<void>;
}

/** Runs the workers of one installation in this process: workflows, planning, and one for each channel. */
export async function startWorker(input: WorkerInput): Promise<RunningWorker> {
  const { config, databaseUrl, temporalAddress } = input;
  const logger = input.logger ?? createLogger(config);
  installTemporalRuntime(logger);
  const connection = await NativeConnection.connect(connectionOptions(config, temporalAddress));
  const db = connect(databaseUrl, { max: DATABASE_CONNECTIONS });
  const metrics = createMetrics(db);
  const channels = await createChannels({ config, tasks: { insertTask: (task) => insertTask(db, task) } });
  const deps = { db, channels, config, now: () => new Date(), logger, metrics, ...input.overrides };
  const closeAll = async (): Promise<void> => {
    for (const channel of channels.values()) await channel.close();
    await connection.close();
    await db.destroy();
  };
  const workers = await createWorkers({ config, connection, db, deps, logger, metrics }).catch(
    async (error: unknown) => {
      await closeAll();
      throw error;
    },
  );
  logger.info({ namespace: config.temporal.namespace, queuePrefix: config.temporal.queuePrefix }, 'worker started');
  const done = runTogether(workers, closeAll).finally(() => logger.info('worker stopped'));
  done.catch(() => {}); // whoever awaits `done` or `stop` hears of it
  return {
    metrics,
    done,
    stop: async () => {
      shutDown(workers);
      await done;
    },
  };
}

interface Parts {
  config: Config;
  connection: NativeConnection;
  db: Knex;
  deps: DeliveryDeps;
  logger: Logger;
  metrics: WorkerMetrics;
}

function createWorkers({ config, connection, db, deps, logger, metrics }: Parts): Promise<Worker[]> {
  const queues = taskQueues(config.temporal.queuePrefix);
  const shared = {
    connection,
    namespace: config.temporal.namespace,
    // No grace: activities learn at once that the process ends, stop claiming and finish what is in flight.
    shutdownGraceTime: 0,
    shutdownForceTime: FORCE_AFTER,
    interceptors: { activity: [activityGuard(logger, metrics)] },
  } satisfies Partial<WorkerOptions>;
  const delivery = createDeliveryActivities(deps);
  const unattended = { db, tellOperators: () => tellOperators(deps) };
  return Promise.all([
    Worker.create({
      ...shared,
      taskQueue: queues.workflows,
      workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
    }),
    Worker.create({
      ...shared,
      taskQueue: queues.planning,
      activities: { ...createPlanningActivities(unattended), ...createLearningActivities(unattended) },
      maxConcurrentActivityTaskExecutions: SLOTS.planning,
    }),
    ...CHANNELS.map((channel) =>
      Worker.create({
        ...shared,
        taskQueue: queues.channel(channel),
        activities: delivery,
        maxConcurrentActivityTaskExecutions: SLOTS.channel,
      }),
    ),
  ]);
}

/** One that breaks down takes the others with it: half a worker would let waves hang. */
async function runTogether(workers: Worker[], closeAll: () => Promise<void>): Promise<void> {
  const runs = workers.map((worker) =>
    worker.run().catch((error: unknown) => {
      shutDown(workers);
      throw error;
    }),
  );
  const ends = await Promise.allSettled(runs);
  await closeAll();
  const broken = ends.find((end) => end.status === 'rejected');
  if (broken !== undefined) throw broken.reason;
}

function shutDown(workers: Worker[]): void {
  for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
}
