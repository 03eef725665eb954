import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import type { Knex } from 'knex';
import { startStandIns } from '../../channels/stand-ins/index.ts';
import type { Config } from '../../config/config.ts';
import { readConfig, type ConfigOverrides } from '../../config/read-config.ts';
import { Closing } from '../closing.ts';
import { ensureConsole } from '../console-build.ts';
import { createLogger } from '../logger.ts';
import { startServing } from '../serving.ts';
import { withFileLock } from './file-lock.ts';
import { keepAlive } from './keep-alive.ts';
import { openDatabase } from './open-database.ts';
import { settlePort } from './ports.ts';
import { refuseSecond, removeRunRecord, writeRunRecord } from './run-record.ts';
import { settlePorts } from './settle-ports.ts';
import { findTemporalBinary } from './temporal-binary.ts';
import { startTemporalServer, type TemporalServer } from './temporal-server.ts';

/** Everything of one installation, running in and below this process. */
export interface Stack {
  config: Config;
  db: Knex;
  databaseUrl: string;
  temporal: Client;
  temporalAddress: string;
  apiUrl: string;
  acceptancesFile: string;
  logFile: string;
  /** Rejects when the worker breaks down. */
  done: Promise<void>;
  stop(): Promise<void>;
}

interface Progress {
  closing: Closing;
  note: (text: string) => void;
}

/**
 * Starts PostgreSQL, Temporal, the stand-ins, the worker and the public pages: embedded servers where the configuration
 * names none. Refuses to run twice on one home. What was started is stopped again when a later part fails.
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

async function bringUp(config: Config, { closing, note }: Progress): Promise<Stack> {
  note('starting PostgreSQL …');
  const database = await openDatabase({ config, note });
  closing.add(() => database.close());
  const { db, url: databaseUrl } = database;
  const server =
    config.temporal.address === undefined ? await startEmbeddedTemporal(config, { closing, note }) : undefined;
  const temporalAddress = config.temporal.address ?? server?.address ?? '';
  const standIns = await startStandIns(config.standIns);
  closing.add(() => standIns.stop());
  await ensureConsole(note);
  note('starting the worker …');
  const logFile = join(config.home, 'recallwave.log');
  const serving = await startServing({
    config,
    db,
    databaseUrl,
    temporalAddress,
    logger: createLogger(config, logFile),
  });
  closing.add(() => serving.stop());
  const { temporal, api, done } = serving;
  const watch = keepAlive({ PostgreSQL: database.revive, Temporal: server && (() => server.revive()) }, note);
  closing.add(() => watch.stop());
  await writeRunRecord(config.home, { pid: process.pid, temporalAddress, apiUrl: api.url });
  closing.add(() => removeRunRecord(config.home));
  const { acceptancesFile } = standIns;
  const stop = (): Promise<void> => closing.run();
  return { config, db, databaseUrl, temporal, temporalAddress, apiUrl: api.url, acceptancesFile, logFile, done, stop };
}

async function startEmbeddedTemporal(config: Config, { closing, note }: Progress): Promise<TemporalServer> {
  const binary = await findTemporalBinary(note);
  note('starting Temporal …');
  const server = await startTemporalServer({
    binary,
    port: await settlePort(config.home, 'temporal'),
    namespace: config.temporal.namespace,
    databaseFile: join(config.home, 'temporal.db'),
    logFile: join(config.home, 'temporal.log'),
  });
  closing.add(() => server.stop());
  return server;
}
