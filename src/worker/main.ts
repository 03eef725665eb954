import type { Config } from '../config/config.ts';
import { startStandIns } from '../channels/stand-ins/index.ts';
import { sendsLive } from '../config/live.ts';
import { UnreachableError } from '../domain/failures.ts';
import { Closing } from './closing.ts';
import { ensureConsole } from './console-build.ts';
import { createLogger } from './logger.ts';
import { startServing, type Serving } from './serving.ts';
import { openDatabase } from './stack/open-database.ts';
import { isFree } from './stack/ports.ts';
import { openTemporal, temporalAddress } from './temporal-client.ts';

const RETRY_MS = 3_000;

/**
 * The worker of one's own cluster: waits for PostgreSQL and Temporal with one line for each, then serves until `stop`.
 * Stand-ins run in it while a channel has nobody real to send to, unless another process of this home runs them.
 */
export async function runWorkerProcess(input: {
  config: Config;
  note: (text: string) => void;
  signal: AbortSignal;
}): Promise<Serving> {
  const { config, note, signal } = input;
  const closing = new Closing();
  try {
    const address = temporalAddress(config);
    const database = await whenReachable(() => openDatabase({ config, note }), { note, signal });
    closing.add(() => database.close());
    await whenReachable(() => openTemporal(config, address).then((opened) => opened.close()), { note, signal });
    if (needsStandIns(config) && (await isFree(config.standIns.httpPort))) {
      const standIns = await startStandIns(config.standIns);
      closing.add(() => standIns.stop());
    }
    await ensureConsole(note);
    const { db, url: databaseUrl } = database;
    const serving = await startServing({
      config,
      db,
      databaseUrl,
      temporalAddress: address,
      logger: createLogger(config),
    });
    closing.add(() => serving.stop());
    return { ...serving, stop: () => closing.run() };
  } catch (error) {
    await closing.run();
    throw error;
  }
}

function needsStandIns(config: Config): boolean {
  return !(['email', 'sms', 'push'] as const).every((channel) => sendsLive(config, channel));
}

/** Tries until the server answers; says once what is missing. Ends with that failure when `signal` fires. */
async function whenReachable<T>(
  open: () => Promise<T>,
  { note, signal }: { note: (text: string) => void; signal: AbortSignal },
): Promise<T> {
  for (let told = false; ; told = true) {
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof UnreachableError) || signal.aborted) throw error;
      if (!told) note(`${error.message}; trying again every ${RETRY_MS / 1000} s`);
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}
