import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import type { Knex } from 'knex';
import { startApi } from '../../api/server.ts';
import { ensureSchedules } from '../../app/schedules.ts';
import { startStandIns } from '../../channels/stand-ins/index.ts';
import type { Config } from '../../config/config.ts';
import { readConfig, type ConfigOverrides } from '../../config/read-config.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import { createLogger } from '../logger.ts';
import { startWorker } from '../run-worker.ts';
import { openTemporal } from '../temporal-client.ts';
import { withFileLock } from './file-lock.ts';
import { openDatabase } from './open-database.ts';
import { settlePort } from './ports.ts';
import { readRunRecord, removeRunRecord, writeRunRecord } from './run-record.ts';
import { settlePorts } from './settle-ports.ts';
import { findTemporalBinary } from './temporal-binary.ts';
import { startTemporalServer } from './temporal-server.ts';

/** Everything of one installation, running in and below this process. */
export interface Stack {
  config: Config;
  db: Knex;
  databaseUrl: string;
  temporal: Client;
  temporalAddress: string;
  apiUrl: string;
  acceptancesFile: string;
  /** Rejects when the worker breaks down. */
  done: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL, Temporal, the stand-ins, the API and the worker: embedded ones where the configuration names none.
 * Refuses to run twice on one home. What was started is stopped again when a later part fails.
 */
export async function startStack(input: {
  env: NodeJS.ProcessEnv;
  overrides: ConfigOverrides;
  note: (text: string) => void;
}): Promise<Stack> {
  const { env, overrides, note } = input;
  const { home } = readConfig(env, overrides);
  await mkdir(home, { recursive: true });
  const closing = new Closing();
  try {
    return await withFileLock(join(home, 'start.lock'), async () => {
      refuseSecond(home);
      await settlePorts(readConfig(env, overrides));
      return bringUp(readConfig(env, overrides), { closing, note });
    });
  } catch (error) {
    await closing.run();
    throw error;
  }
}

async function bringUp(
  config: Config,
  { closing, note }: { closing: Closing; note: (text: string) => void },
): Promise<Stack> {
  const database = await openDatabase({ config, note });
  closing.add(() => database.close());
  const temporalAddress = config.temporal.address ?? (await startEmbeddedTemporal(config, { closing, note }));
  const standIns = await startStandIns(config.standIns);
  closing.add(() => standIns.stop());
  const temporal = await openTemporal(config, temporalAddress);
  closing.add(() => temporal.close());
  const logger = createLogger(config);
  const worker = await startWorker({ config, databaseUrl: database.url, temporalAddress, logger });
  closing.add(() => worker.stop());
  const api = await startApi({ db: database.db, config, port: config.apiPort, metrics: worker.metrics });
  closing.add(() => api.close());
  await ensureSchedules({ client: temporal.client, db: database.db, config });
  await writeRunRecord(config.home, { pid: process.pid, temporalAddress, apiUrl: api.url });
  closing.add(() => removeRunRecord(config.home));
  return {
    config,
    db: database.db,
    databaseUrl: database.url,
    temporal: temporal.client,
    temporalAddress,
    apiUrl: api.url,
    acceptancesFile: standIns.acceptancesFile,
    done: worker.done,
    stop: () => closing.run(),
  };
}

async function startEmbeddedTemporal(
  config: Config,
  { closing, note }: { closing: Closing; note: (text: string) => void },
): Promise<string> {
  const server = await startTemporalServer({
    binary: await findTemporalBinary(note),
    port: await settlePort(config.home, 'temporal'),
    namespace: config.temporal.namespace,
    databaseFile: join(config.home, 'temporal.db'),
    logFile: join(config.home, 'temporal.log'),
  });
  closing.add(() => server.stop());
  return server.address;
}

function refuseSecond(home: string): void {
  const running = readRunRecord(home);
  if (running === undefined) return;
  throw new RecallwaveError(
    'BadInput',
    `Recallwave already runs on ${home} (process ${running.pid}, ${running.apiUrl})`,
    'use that one, end it with Ctrl-C, or set RECALLWAVE_HOME to another folder',
  );
}

/** What has to be closed, last opened first; all of it is tried, the first failure is thrown. */
class Closing {
  readonly #steps: (() => Promise<void>)[] = [];

  add(step: () => Promise<void>): void {
    this.#steps.push(step);
  }

  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      await step().catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  }
}
