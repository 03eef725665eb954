import type { Client, Connection } from '@temporalio/client';
import type { Knex } from 'knex';
import { startApi, type RunningApi } from '../api/server.ts';
import { ensureSchedules } from '../app/schedules.ts';
import { openOneChannel } from '../channels/open-one-channel.ts';
import type { Config } from '../config/config.ts';
import { Closing } from './closing.ts';
import { CONSOLE_FOLDER } from './console-build.ts';
import type { Logger } from './logger.ts';
import { standInAcceptances } from './stand-in-acceptances.ts';
import { startWorker, type RunningWorker } from './run-worker.ts';
import { ensureSearchAttributes } from './search-attributes.ts';
import { openTemporal } from './temporal-client.ts';
import { startCountsLoop } from './counts-loop.ts';
import { startWebhookLoop } from './webhook-loop.ts';

export interface ServingInput {
  config: Config;
  db: Knex;
  databaseUrl: string;
  temporalAddress: string;
  logger: Logger;
}

/** Worker, public pages and Schedules on servers that are there already. */
export interface Serving {
  temporal: Client;
  api: RunningApi;
  done: RunningWorker['done'];
  stop(): Promise<void>;
}

/** Starts them; what was started is stopped again when a later part fails. */
export async function startServing(input: ServingInput): Promise<Serving> {
  const closing = new Closing();
  try {
    return await serve(input, closing);
  } catch (error) {
    await closing.run();
    throw error;
  }
}

async function serve(input: ServingInput, closing: Closing): Promise<Serving> {
  const { config, db, databaseUrl, temporalAddress, logger } = input;
  const temporal = await openTemporal(config, temporalAddress);
  closing.add(() => temporal.close());
  const connection: Connection = temporal.connection;
  const { namespace } = config.temporal;
  await ensureSearchAttributes(connection, namespace);
  const worker = await startWorker({ config, databaseUrl, temporalAddress, logger });
  closing.add(() => worker.stop());
  const api = await startApi({
    db,
    temporal: () => Promise.resolve(temporal.client),
    config,
    port: config.apiPort,
    host: listenOn(config.publicUrl),
    metrics: worker.metrics,
    consoleFolder: CONSOLE_FOLDER,
    logger,
    openChannel: (name) => openOneChannel(config, name),
    standIns: () => standInAcceptances(config),
    checkTemporal: async () => void (await connection.workflowService.describeNamespace({ namespace })),
  });
  closing.add(() => api.close());
  const webhooks = startWebhookLoop({ db, live: config.live, logger });
  closing.add(() => webhooks.stop());
  const counts = startCountsLoop({ db, logger });
  closing.add(() => counts.stop());
  await ensureSchedules({ client: temporal.client, db, config });
  return { temporal: temporal.client, api, done: worker.done, stop: () => closing.run() };
}

/** Pages that only this machine links to are not shown to the network. */
function listenOn(publicUrl: string): string {
  return ['127.0.0.1', 'localhost'].includes(new URL(publicUrl).hostname) ? '127.0.0.1' : '0.0.0.0';
}
