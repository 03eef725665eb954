import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../../..');
/** Enough for intervals and proposals that look like a company's, few enough for half a minute. */
const USERS = '3000';
const START_MS = 300_000;

/** A running installation with data of its own. */
export interface Installation {
  url: string;
  /** Of the one-time link of the first admin; null where there is one already. */
  token: string | null;
  stop(): Promise<void>;
}

interface Started {
  child: ChildProcess;
  said: string;
}

/**
 * Starts the sample company as a newcomer does, on ports of its own, in `home` or in a folder that is removed afterwards.
 * What the start says goes to `note`. Throws with everything that it said when it ends or takes five minutes.
 */
export async function startSample(home: string | undefined, note: (line: string) => void): Promise<Installation> {
  const folder = home ?? (await mkdtemp(join(tmpdir(), 'recallwave-screenshots-')));
  const clean = async (): Promise<void> => {
    if (home === undefined) await rm(folder, { recursive: true, force: true });
  };
  const child = spawn(process.execPath, ['bin/recallwave.mjs', 'start', '--users', USERS], {
    cwd: ROOT,
    env: { ...ownEnvironment(), RECALLWAVE_HOME: folder, ...(await ports(folder)) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const stop = async (): Promise<void> => {
    await ended(child);
    await clean();
  };
  try {
    const { said } = await running(child, note);
    const url = /console\s+(http:\/\/[\w.:]+)\//.exec(said)?.[1] ?? '';
    return { url, token: /\/invitation\/([\w-]+)/.exec(said)?.[1] ?? null, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Nothing of the caller's database, Temporal or providers: pictures are of the sample company alone. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, CHROMIUM_PATH, LANG } = process.env;
  return { PATH, HOME, CHROMIUM_PATH, LANG };
}

/** None of the usual ones, which somebody's own installation may need. A folder that was used before has its own, in its mails' links. */
async function ports(folder: string): Promise<Record<string, string>> {
  if (existsSync(join(folder, 'ports.json'))) return {};
  const names = ['API_PORT', 'STANDIN_SMTP_PORT', 'STANDIN_HTTP_PORT'];
  const servers = await Promise.all(names.map(listening));
  const chosen = servers.map(({ port }, place) => [names[place] ?? '', String(port)]);
  await Promise.all(servers.map(({ close }) => close()));
  return Object.fromEntries(chosen) as Record<string, string>;
}

function listening(): Promise<{ port: number; close(): Promise<void> }> {
  return new Promise((done, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      done({ port, close: () => new Promise((closed) => server.close(() => closed())) });
    });
  });
}

function running(child: ChildProcess, note: (line: string) => void): Promise<Started> {
  let said = '';
  return new Promise((done, reject) => {
    const late = setTimeout(() => reject(new Error(`the start takes too long:\n${said}`)), START_MS);
    const read = (chunk: Buffer): void => {
      said += chunk.toString();
      for (const line of chunk.toString().split('\n')) if (/ …|^applied|^rehearsed/.test(line)) note(line.trim());
      if (!/^\s+log\s+\S+$/m.test(said)) return;
      clearTimeout(late);
      done({ child, said });
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`the start ended with ${code}:\n${said}`));
    });
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((done) => {
    child.once('exit', done);
    child.kill('SIGINT');
  });
}
