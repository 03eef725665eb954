import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import type { Knex } from 'knex';
import { createLearningActivities } from '../../src/activities/learning.ts';
import { taskQueues } from '../../src/workflows/contract.ts';
import { findTemporalBinary } from '../../src/worker/stack/temporal-binary.ts';
import { startTemporalServer } from '../../src/worker/stack/temporal-server.ts';
import { freePort } from '../../tests/support/ports.ts';
import { benchDatabase } from '../database.ts';

/** Prefix of the queues that the workers of `withLearningWorkers` listen on. */
export const QUEUES = 'learning-cycles';

/** PostgreSQL, Temporal, and workers with the real learning workflow and activity, for as long as `body` runs. */
export async function withLearningWorkers<T>(body: (parts: { db: Knex; client: Client }) => Promise<T>): Promise<T> {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const database = await benchDatabase();
  const server = await startTemporalServer({
    binary: await findTemporalBinary((text) => console.error(text)),
    port: await freePort(),
    namespace: 'default',
    logFile: join(database.home, 'temporal.log'),
  });
  const { address } = server;
  const [connection, own] = [await NativeConnection.connect({ address }), await Connection.connect({ address })];
  const queues = taskQueues(QUEUES);
  const workflowsPath = fileURLToPath(new URL('../../src/workflows/index.ts', import.meta.url));
  const workers = [
    await Worker.create({ connection, taskQueue: queues.workflows, workflowsPath }),
    await Worker.create({
      connection,
      taskQueue: queues.planning,
      activities: createLearningActivities({ db: database.db }),
    }),
  ];
  const runs = workers.map((worker) => worker.run());
  try {
    return await body({ db: database.db, client: new Client({ connection: own }) });
  } finally {
    for (const worker of workers) worker.shutdown();
    await Promise.all(runs);
    await own.close();
    await connection.close();
    await server.stop();
    await database.close();
  }
}
