import type { Knex } from 'knex';
import { startApi } from '../src/api/server.ts';
import { writeCursor } from '../src/api/v1/cursor.ts';
import { addPerson } from '../src/app/people/people.ts';
import { openSession } from '../src/app/people/sessions.ts';
import { readConfig } from '../src/config/read-config.ts';
import { FULL_SIZE, fillConsoleWorld, type Size } from './console/world.ts';
import { listRequests, type ListRequest } from './console/requests.ts';
import { median, type BenchResult } from './figures.ts';

const LIMIT_MS = 100;
const ROUNDS = 3;

interface Measured {
  request: ListRequest;
  status: number;
  /** The slowest query of the request, the middle of three rounds, in ms. */
  slowestMs: number;
  sql: string;
}

/** Every list and page of the console over a million users and five million messages: its slowest query against 100 ms. */
export async function benchConsole(database: { db: Knex; home: string }): Promise<BenchResult[]> {
  const { db, home } = database;
  const size = sizeAsked();
  console.log(`  ${size.users} users, ${size.users * size.campaigns} messages`);
  await fillConsoleWorld(db, size, (what) => console.log(`  ${what}`));
  const config = readConfig({ RECALLWAVE_HOME: home, LINK_SECRET: 'a secret of the benchmark, long enough' });
  const api = await startApi({ db, config, port: 0, host: '127.0.0.1' });
  try {
    const person = await addPerson({
      db,
      login: 'bench',
      name: 'Bench',
      password: 'a horse, a battery',
      role: 'admin',
      actor: 'bench',
    });
    const { token } = await openSession({ db, person, userAgent: null });
    const ask = (path: string) => fetch(`${api.url}/v1${path}`, { headers: { cookie: `rw_session=${token}` } });
    const measured: Measured[] = [];
    for (const request of listRequests(size, (key, position) =>
      writeCursor({ secret: config.linkSecret, ...key }, position),
    )) {
      measured.push(await measure(db, request, ask));
    }
    return report(measured);
  } finally {
    await api.close();
  }
}

function sizeAsked(): Size {
  const users = Number(process.env['BENCH_USERS'] ?? FULL_SIZE.users);
  return { ...FULL_SIZE, users };
}

async function measure(db: Knex, request: ListRequest, ask: (path: string) => Promise<Response>): Promise<Measured> {
  const rounds: { ms: number; sql: string }[] = [];
  await counted(request, ask);
  let status = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const queries = timeQueries(db);
    const response = await ask(request.path);
    await response.text();
    status = response.status;
    rounds.push(queries.slowest());
  }
  const slowest = rounds.toSorted((a, b) => b.ms - a.ms)[0];
  return { request, status, slowestMs: median(rounds.map(({ ms }) => ms)), sql: slowest?.sql ?? '' };
}

/** Waits until an answer that is counted in the background is there, and says how long that took where it did. */
async function counted(request: ListRequest, ask: (path: string) => Promise<Response>): Promise<void> {
  const from = performance.now();
  while ((await ask(request.path)).status === 202) await new Promise((resolve) => setTimeout(resolve, 1_000));
  const seconds = (performance.now() - from) / 1000;
  if (seconds > 1) console.log(`  counted in the background in ${seconds.toFixed(0)} s: ${request.what}`);
}

interface QueryEvent {
  __knexQueryUid: string;
  sql: string;
}

/** Listens to the queries of a pool until `slowest` is asked. */
function timeQueries(db: Knex): { slowest(): { ms: number; sql: string } } {
  const begun = new Map<string, number>();
  let slowest = { ms: 0, sql: '' };
  const begin = ({ __knexQueryUid: id }: QueryEvent): void => void begun.set(id, performance.now());
  const end = (_response: unknown, { __knexQueryUid: id, sql }: QueryEvent): void => {
    const ms = performance.now() - (begun.get(id) ?? performance.now());
    if (ms > slowest.ms) slowest = { ms, sql };
  };
  db.on('query', begin).on('query-response', end);
  return {
    slowest: () => {
      db.removeListener('query', begin);
      db.removeListener('query-response', end);
      return slowest;
    },
  };
}

function report(measured: readonly Measured[]): BenchResult[] {
  const failed = measured.filter(({ status }) => status !== 200);
  for (const { request, status } of failed) console.log(`  FAILED with ${status}: ${request.what} (${request.path})`);
  const sorted = measured.toSorted((a, b) => b.slowestMs - a.slowestMs);
  for (const { request, slowestMs, sql } of sorted) {
    const text = slowestMs > LIMIT_MS ? `  ${sql.replaceAll(/\s+/g, ' ').slice(0, 160)}` : '';
    console.log(`  ${slowestMs.toFixed(1).padStart(8)} ms  ${request.what}${text}`);
  }
  const value = sorted[0]?.slowestMs ?? 0;
  return [
    {
      figure: `slowest query of ${measured.length} requests to lists, ms`,
      value,
      reference: LIMIT_MS,
      ratio: value / LIMIT_MS,
      target: 'at most 1',
      met: value <= LIMIT_MS && failed.length === 0,
    },
  ];
}
