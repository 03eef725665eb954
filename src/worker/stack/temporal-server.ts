import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Connection } from '@temporalio/client';
import { RecallwaveError } from '../../domain/failures.ts';
import { SEARCH_ATTRIBUTE_NAMES } from '../search-attributes.ts';
import { endProcess, isAlive, isProcessOf } from './processes.ts';

export interface TemporalServerOptions {
  binary: string;
  port: number;
  namespace: string;
  logFile: string;
  /** Where histories are kept; absent: in memory. */
  databaseFile?: string;
  /** JSON values by key, beside the ones that every server gets. */
  dynamicConfig?: Record<string, string>;
}

export interface TemporalServer {
  address: string;
  /** Of the process that serves now. */
  readonly pid: number;
  /** Starts the server again where it died; true when it had to. */
  revive(): Promise<boolean>;
  stop(): Promise<void>;
}

const SERVES_WITHIN_MS = 60_000;
const GRACE_MS = 10_000;

// The default of 20 polls a second delays each task of a busy wave.
const DYNAMIC_CONFIG = { 'history.transferProcessorMaxPollRPS': '1000' };

/** Starts the official dev server on 127.0.0.1 in a session of its own and resolves once its namespace answers. */
export async function startTemporalServer(options: TemporalServerOptions): Promise<TemporalServer> {
  mkdirSync(dirname(options.logFile), { recursive: true });
  if (options.databaseFile !== undefined) await endLeftover(options.databaseFile);
  let pid = await launch(options);
  return {
    address: addressOf(options),
    get pid() {
      return pid;
    },
    revive: async () => {
      if (isAlive(pid)) return false;
      pid = await launch(options);
      return true;
    },
    stop: async () => {
      if (isAlive(pid)) await endProcess(pid, GRACE_MS);
      if (options.databaseFile !== undefined) await rm(`${options.databaseFile}.pid`, { force: true });
    },
  };
}

const addressOf = ({ port }: TemporalServerOptions): string => `127.0.0.1:${port}`;

/** Resolves with the process id once the server answers. */
async function launch(options: TemporalServerOptions): Promise<number> {
  const log = openSync(options.logFile, 'a');
  // Detached: Ctrl-C on the terminal must reach the worker, which needs the server to finish.
  const child = spawn(options.binary, serverArguments(options), { detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  const failed = new Promise<never>((_, reject) => {
    child.once('error', (error) => reject(startFailure(options, error.message)));
    child.once('exit', () => reject(startFailure(options, lastLines(options.logFile))));
  });
  failed.catch(() => {}); // after the start an exit is not this promise's business
  child.unref();
  const { pid } = child;
  if (pid === undefined) return failed;
  if (options.databaseFile !== undefined) await writeFile(`${options.databaseFile}.pid`, String(pid));
  await Promise.race([failed, untilItServes(addressOf(options), options)]);
  return pid;
}

function serverArguments({ port, namespace, databaseFile, dynamicConfig }: TemporalServerOptions): string[] {
  return [
    'server',
    'start-dev',
    '--headless',
    '--ip=127.0.0.1',
    `--port=${port}`,
    '--log-level=warn',
    ...(databaseFile === undefined ? [] : ['--db-filename', databaseFile]),
    ...(namespace === 'default' ? [] : ['--namespace', namespace]),
    ...SEARCH_ATTRIBUTE_NAMES.flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
    ...Object.entries({ ...DYNAMIC_CONFIG, ...dynamicConfig }).flatMap(([key, value]) => [
      '--dynamic-config-value',
      `${key}=${value}`,
    ]),
  ];
}

/** Ends a server that outlived its killed owner: it would hold the database file. */
export async function endLeftover(databaseFile: string): Promise<void> {
  const pid = Number(await readFile(`${databaseFile}.pid`, 'utf8').catch(() => ''));
  if (pid > 0 && (await isProcessOf(pid, databaseFile))) await endProcess(pid, GRACE_MS);
}

async function untilItServes(address: string, options: TemporalServerOptions): Promise<void> {
  const deadline = Date.now() + SERVES_WITHIN_MS;
  while (!(await serves(address, options.namespace))) {
    if (Date.now() > deadline) throw startFailure(options, `it does not answer within ${SERVES_WITHIN_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function serves(address: string, namespace: string): Promise<boolean> {
  const connection = Connection.lazy({ address });
  try {
    await connection.withDeadline(Date.now() + 2_000, () =>
      connection.workflowService.describeNamespace({ namespace }),
    );
    return true;
  } catch {
    return false;
  } finally {
    await connection.close();
  }
}

function startFailure(options: TemporalServerOptions, why: string): RecallwaveError {
  return new RecallwaveError(
    'NotFound',
    `the Temporal server did not start on port ${options.port}: ${why}`,
    `read ${options.logFile}, or set TEMPORAL_ADDRESS to a server of your own`,
  );
}

function lastLines(file: string): string {
  return readFileSync(file, 'utf8').trim().split('\n').slice(-2).join(' ').slice(0, 300);
}
