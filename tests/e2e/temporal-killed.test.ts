import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { startWave } from '../../src/app/run-wave.ts';
import { readAcceptances } from '../../src/channels/stand-ins/acceptances.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { startWorker } from '../../src/worker/run-worker.ts';
import { findTemporalBinary } from '../../src/worker/stack/temporal-binary.ts';
import { startTemporalServer, type TemporalServer } from '../../src/worker/stack/temporal-server.ts';
import { openTemporal } from '../../src/worker/temporal-client.ts';
import { runningStandIns } from '../support/channels.ts';
import { freshDatabase } from '../support/database.ts';
import { freePort } from '../support/ports.ts';
import { aSendableCampaign } from '../support/sendable-wave.ts';
import { applySettings } from '../support/world.ts';

const USERS = 3_000;

const [{ db, url }, standIns] = await Promise.all([freshDatabase(), runningStandIns()]);
const folder = await mkdtemp(join(tmpdir(), 'recallwave-temporal-killed-'));
const port = await freePort();
const config = readConfig({
  RECALLWAVE_HOME: folder,
  LINK_SECRET: 's'.repeat(32),
  TEMPORAL_ADDRESS: `127.0.0.1:${port}`,
  STANDIN_SMTP_PORT: String(standIns.smtpPort),
  STANDIN_HTTP_PORT: String(standIns.httpPort),
  LEASE_SECONDS: '5',
  LOG_LEVEL: 'error',
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function server(): Promise<TemporalServer> {
  return startTemporalServer({
    binary: await findTemporalBinary((text) => process.stderr.write(`${text}\n`)),
    port,
    namespace: 'default',
    logFile: join(folder, 'temporal.log'),
    databaseFile: join(folder, 'temporal.db'),
  });
}

async function fillUsers(): Promise<string> {
  await applySettings(db, { caps: { rules: [] }, throttle: { email: 400 } });
  await db.raw(
    `insert into users (user_id, email, locale, timezone, consent_email, actor)
     select 'k' || g, 'k' || g || '@example.test', 'en', 'UTC', true, 'test' from generate_series(1, ?) g`,
    [USERS],
  );
  await db.raw(
    `insert into warnings (user_no, model, score, segment, reasons, raised_at, expires_at, actor, imported_at)
     select user_no, 'default', 0.7, 'shopper', '{price}', now() - interval '1 day', now() + interval '30 days', 'test',
       now() - interval '1 hour' from users`,
  );
  const campaignId = await aSendableCampaign(db, { campaign: 'killed', holdout: 0 });
  const policy = { lo: 0.5, hi: 1, inside: 1, outside: 0, explore_width: 0, arm_shares: '{"mail": 1, "usual": 0}' };
  const key = { campaign_id: campaignId, segment: '*', action: 'offer', policy_version: 1 };
  await db('live_policies').insert({ ...key, ...policy, reason: 'test', actor: 'test' });
  return campaignId;
}

async function until(what: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (await what()) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('waited two minutes in vain');
}

const accepted = async (): Promise<number> => (await readAcceptances(standIns.acceptancesFile)).length;

test('a wave whose Temporal server is killed and started again sends every message once', async () => {
  const first = await server();
  const campaignId = await fillUsers();
  const worker = await startWorker({ config, databaseUrl: url, temporalAddress: first.address });
  const temporal = await openTemporal(config);
  await startWave({ client: temporal.client, campaignId, actor: 'test', queuePrefix: config.temporal.queuePrefix });
  await until(async () => (await accepted()) > 400);

  process.kill(first.pid, 'SIGKILL');
  await until(async () => (await accepted()) > 600);
  const second = await server();
  await until(async () => (await db('waves').where({ state: 'done' })).length === 1);

  const ids = (await readAcceptances(standIns.acceptancesFile)).map((one) => one.deliveryId);
  expect(ids).toHaveLength(USERS);
  expect(new Set(ids).size).toBe(USERS);
  expect(await db('messages').groupBy('state').select('state').count('* as n')).toEqual([
    { state: 'ACCEPTED', n: USERS },
  ]);
  await temporal.close();
  await worker.stop();
  await second.stop();
}, 180_000);
