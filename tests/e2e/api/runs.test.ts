import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readConfig } from '../../../src/config/read-config.ts';
import { createLogger } from '../../../src/worker/logger.ts';
import { startWorker } from '../../../src/worker/run-worker.ts';
import { installTemporalRuntime } from '../../../src/worker/temporal-runtime.ts';
import { testApi } from '../../support/api-client.ts';
import { runningStandIns } from '../../support/channels.ts';
import { freshDatabase } from '../../support/database.ts';
import { aSendableCampaign } from '../../support/sendable-wave.ts';
import { devServer } from '../../support/temporal.ts';
import { until } from '../../workflows/support/campaigns.ts';

const USERS = 20;

const [{ db, url }, standIns] = await Promise.all([freshDatabase(), runningStandIns()]);
const config = readConfig({
  RECALLWAVE_HOME: await mkdtemp(join(tmpdir(), 'recallwave-runs-')),
  LINK_SECRET: 's'.repeat(32),
  STANDIN_SMTP_PORT: String(standIns.smtpPort),
  STANDIN_HTTP_PORT: String(standIns.httpPort),
  LOG_LEVEL: 'error',
});
// Before the test environment opens a connection, which would install the default one.
installTemporalRuntime(createLogger(config));
const environment = await devServer();
const worker = await startWorker({ config, databaseUrl: url, temporalAddress: environment.address });
afterAll(() => worker.stop());
const { as } = await testApi({ db, temporal: () => Promise.resolve(environment.client) });
const [look, operate] = [as('viewer'), as('operator')];

const path = '/campaigns/large/waves';
const finished = (runId: string) =>
  until(async () => {
    const { status, body } = await look('GET', `/campaigns/large/runs/${runId}`);
    expect(status).toBe(200);
    return body.outcome === 'running' ? undefined : body;
  }, 60_000);

test('a wave above its maximum is started once however often somebody clicks, waits, is approved, sent, and found by the next run', async () => {
  await db.raw(
    `insert into users (user_id, email, locale, timezone, consent_email, actor)
     select 'user-' || g, 'user-' || g || '@example.test', 'en', 'UTC', true, 'test' from generate_series(1, ?) g`,
    [USERS],
  );
  await db.raw(
    `insert into warnings (user_no, model, score, segment, raised_at, expires_at, actor, imported_at)
     select user_no, 'default', 0.7, 'shopper', now() - interval '1 day', now() + interval '30 days', 'test', now() - interval '1 hour'
     from users`,
  );
  const allowedHours = { email: { from: '00:00', to: '24:00' } };
  await aSendableCampaign(db, { campaign: 'large', allowedHours, audience: { segments: ['shopper'], max: 5 } });
  const policy = { lo: 0.5, hi: 1, inside: 1, outside: 0, explore_width: 0, arm_shares: '{"mail": 1, "usual": 0}' };
  const key = { campaign_id: 'large', segment: '*', action: 'offer', policy_version: 1 };
  await db('live_policies').insert({ ...key, ...policy, reason: 'test', actor: 'test' });

  const headers = { 'idempotency-key': 'one-click' };
  const started = await operate('POST', path, { body: {}, headers });
  expect(started).toMatchObject({ status: 202, body: { campaignId: 'large', runId: expect.any(String) } });
  expect((await operate('POST', path, { body: {}, headers })).body).toEqual(started.body);
  const held = await finished(started.body.runId);
  expect(held).toMatchObject({ outcome: 'not_run', disposition: 'waiting_approval', wave: { audience: USERS } });

  const { waveNo } = held.wave;
  const home = await look('GET', '/home');
  expect(home.body).toMatchObject({ decisions: { waves: [{ waveNo }] }, health: { temporal: true } });
  const approved = await operate('POST', `/waves/${waveNo}/approve`, { body: { reason: 'expected after the fair' } });
  expect(approved.status).toBe(202);
  expect(await finished(approved.body.runId)).toMatchObject({ outcome: 'finished', disposition: 'opened' });
  const { body: report } = await look('GET', `/waves/${waveNo}`);
  expect(report.history).toMatchObject([
    { action: 'wave.approve', actor: 'console:operator' },
    { action: 'wave.open', actor: 'console:operator' },
  ]);
  expect((await look('POST', `/waves/${waveNo}/proofs`)).body).toMatchObject({ proved: true, open: 0 });

  const again = await operate('POST', path, { body: {} });
  expect(await finished(again.body.runId)).toMatchObject({ disposition: 'found', wave: { waveNo } });
  expect((await look('GET', `/campaigns/large/runs/00000000-0000-4000-8000-000000000000`)).status).toBe(404);
}, 120_000);
