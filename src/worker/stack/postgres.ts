import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RecallwaveError } from '../../domain/failures.ts';
import { createDatabaseIfMissing } from '../../db/prepare.ts';
import { withFileLock } from './file-lock.ts';
import { settlePort } from './ports.ts';
import { postgresPlace, type PostgresPlace } from './postgres-place.ts';
import { isAlive, isProcessOf, runProgram, type ProgramResult } from './processes.ts';

/** Durable as a server of one's own; sized for a laptop or a small machine. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '120',
  shared_buffers: '256MB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
};

export interface EmbeddedPostgres {
  url: string;
  /** Without a database's name. */
  serverUrl: string;
  dataFolder: string;
  /** Starts the server again where it died; true when it had to. */
  revive(): Promise<boolean>;
  /** Leaves the server to other processes that use it; the last one stops it. */
  close(): Promise<void>;
}

/**
 * The embedded PostgreSQL of `home`: started, or shared with the processes that already use it. It runs in a session of
 * its own, so that Ctrl-C reaches the worker first; what a killed process left running is taken over.
 */
export async function openPostgres(input: {
  home: string;
  note: (text: string) => void;
  /** Server settings beside the usual ones. */
  settings?: Record<string, string>;
}): Promise<EmbeddedPostgres> {
  const { home, note } = input;
  const settings = { ...SETTINGS, ...input.settings };
  const place = await postgresPlace(home, note);
  const users = join(home, 'postgres-users');
  await mkdir(users, { recursive: true });
  const lock = join(home, 'postgres.lock');
  // One file per opening, so that a process may open twice; the name begins with the process id.
  const mark = join(users, `${process.pid}-${randomBytes(4).toString('hex')}`);
  const serverUrl = await withFileLock(lock, async () => {
    const password = await initialise(place, home);
    const port = (await runningPort(place)) ?? (await start(place, { home, settings }));
    await writeFile(mark, '');
    return `postgres://postgres:${password}@127.0.0.1:${port}`;
  });
  await createDatabaseIfMissing(`${serverUrl}/postgres`, 'recallwave');
  return {
    url: `${serverUrl}/recallwave`,
    serverUrl,
    dataFolder: place.dataFolder,
    revive: () =>
      withFileLock(lock, async () => {
        if ((await runningPort(place)) !== undefined) return false;
        await start(place, { home, settings });
        return true;
      }),
    close: () =>
      withFileLock(lock, async () => {
        await rm(mark, { force: true });
        const others = (await readdir(users)).filter((name) => isAlive(Number.parseInt(name, 10)));
        if (others.length === 0) await pgCtl(place, ['stop', '-m', 'fast', '-w']);
      }),
  };
}

/** Ends the server of `home`, whoever uses it; returns the folder of its data. */
export async function endPostgres(home: string): Promise<string> {
  const place = await postgresPlace(home, () => {});
  if ((await runningPort(place)) !== undefined) await pgCtl(place, ['stop', '-m', 'fast', '-w']);
  return place.dataFolder;
}

async function initialise(place: PostgresPlace, home: string): Promise<string> {
  const passwordFile = join(home, 'postgres-password');
  if (existsSync(join(place.dataFolder, 'PG_VERSION'))) return readFile(passwordFile, 'utf8');
  const password = randomBytes(18).toString('base64url');
  await rm(place.dataFolder, { recursive: true, force: true });
  await mkdir(place.dataFolder, { recursive: true, mode: 0o700 });
  // initdb runs as the owner, who may not read a closed home: it gets a copy of the password in the data's parent.
  const copy = `${place.dataFolder}.password`;
  await writeFile(copy, password, { mode: 0o600 });
  if (place.owner.uid !== undefined && place.owner.gid !== undefined) {
    await chown(place.dataFolder, place.owner.uid, place.owner.gid);
    await chown(copy, place.owner.uid, place.owner.gid);
  }
  const flags = ['--encoding=UTF8', '--locale=C', '--username=postgres', '--auth=scram-sha-256', `--pwfile=${copy}`];
  const result = await runProgram(place.initdb, [`--pgdata=${place.dataFolder}`, ...flags], { owner: place.owner });
  await rm(copy, { force: true });
  if (result.code !== 0) {
    await rm(place.dataFolder, { recursive: true, force: true });
    throw startFailure(`could not make its data folder ${place.dataFolder}`, result);
  }
  await writeFile(passwordFile, password, { mode: 0o600 });
  return password;
}

/** The port of a server that runs on these data, whoever started it. A lock file of a dead server is removed. */
async function runningPort(place: PostgresPlace): Promise<number | undefined> {
  const file = join(place.dataFolder, 'postmaster.pid');
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  if (!(pid > 0)) return undefined;
  if (!(await isProcessOf(pid, place.dataFolder))) {
    await rm(file, { force: true });
    return undefined;
  }
  return Number(lines[3]);
}

async function start(
  place: PostgresPlace,
  { home, settings }: { home: string; settings: Record<string, string> },
): Promise<number> {
  const port = await settlePort(home, 'postgres');
  const flags = Object.entries({ ...settings, port: String(port) }).map(([name, value]) => `-c ${name}='${value}'`);
  const log = join(place.dataFolder, 'server.log');
  const result = await pgCtl(place, ['start', '-w', '-t', '120', '-l', log, '-o', flags.join(' ')]);
  if (result.code !== 0) throw startFailure(`see ${log}`, result);
  return port;
}

function pgCtl(place: PostgresPlace, args: string[]): Promise<ProgramResult> {
  return runProgram(place.pgCtl, [...args, '-D', place.dataFolder], { owner: place.owner });
}

function startFailure(where: string, result: ProgramResult): RecallwaveError {
  const said = `${result.stderr}\n${result.stdout}`.trim().split('\n', 1)[0];
  return new RecallwaveError(
    'BadInput',
    `embedded PostgreSQL did not start: ${where} (${said})`,
    'free disk space and memory, remove the folder if its data may go, or set DATABASE_URL',
  );
}
