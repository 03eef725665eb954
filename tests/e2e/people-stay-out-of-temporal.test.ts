import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { benchActions } from '../../bench/actions.ts';
import { waitForWave, type WaveRun } from '../../src/app/run-wave.ts';
import { ensureSchedules, triggerSchedule } from '../../src/app/schedules.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { createLogger } from '../../src/worker/logger.ts';
import { startWorker } from '../../src/worker/run-worker.ts';
import { installTemporalRuntime } from '../../src/worker/temporal-runtime.ts';
import { runningStandIns } from '../support/channels.ts';
import { freshDatabase } from '../support/database.ts';
import { aSendableCampaign } from '../support/sendable-wave.ts';
import { devServer } from '../support/temporal.ts';
import { historiesAsText } from '../workflows/support/campaigns.ts';

const USERS = 300;
const CANARIES = ['canary-user', 'private.example', '+447900', 'Wang Xiaoming', 'Come back'];

const [{ db, url }, standIns] = await Promise.all([freshDatabase(), runningStandIns()]);
const config = readConfig({
  RECALLWAVE_HOME: await mkdtemp(join(tmpdir(), 'recallwave-canaries-')),
  LINK_SECRET: 's'.repeat(32),
  STANDIN_SMTP_PORT: String(standIns.smtpPort),
  STANDIN_HTTP_PORT: String(standIns.httpPort),
  LOG_LEVEL: 'error',
});
// Before the test environment opens a connection, which would install the default one.
installTemporalRuntime(createLogger(config));
const environment = await devServer();
const { client } = environment;
const worker = await startWorker({ config, databaseUrl: url, temporalAddress: environment.address });
afterAll(() => worker.stop());

let first: WaveRun;
let second: WaveRun;
let workflowId: string;

beforeAll(async () => {
  await db.raw(
    `insert into users (user_id, email, phone, locale, timezone, consent_email, consent_sms, attributes, actor)
     select 'canary-user-' || g, 'lin' || g || '@private.example', '+447900' || lpad(g::text, 6, '0'), 'en', 'UTC', true, true,
       '{"name": "Wang Xiaoming"}', 'test' from generate_series(1, ?) g`,
    [USERS],
  );
  await db.raw(
    `insert into warnings (user_no, model, score, segment, reasons, raised_at, expires_at, actor, imported_at)
     select user_no, 'default', 0.7, 'shopper', '{price}', now() - interval '1 day', now() + interval '30 days', 'test',
       now() - interval '1 hour' from users`,
  );
  const allowedHours = { email: { from: '00:00', to: '24:00' } };
  const campaignId = await aSendableCampaign(db, { campaign: 'canaries', allowedHours });
  const policy = { lo: 0.5, hi: 1, inside: 1, outside: 0, explore_width: 0, arm_shares: '{"mail": 1, "usual": 0}' };
  const key = { campaign_id: campaignId, segment: '*', action: 'offer', policy_version: 1 };
  await db('live_policies').insert({ ...key, ...policy, reason: 'test', actor: 'test' });
  standIns.faults.next('smtp', { at: 'rcpt', reply: '550 5.1.1 <lin@private.example>: no such user', times: 9 });
  standIns.faults.next('smtp', { at: 'dot', reply: '451 4.3.0 lin@private.example, try again', times: 9 });
  await ensureSchedules({ client, db, config });
  const order = { client, db, campaignId, actor: 'cli:test' };
  ({ workflowId } = await triggerSchedule(order));
  first = await waitForWave({ client, campaignId, workflowId });
  const again = await triggerSchedule(order);
  second = await waitForWave({ client, campaignId, ...again });
});

describe('a wave of the real worker', () => {
  it('is sent by its Schedule, and found by the second trigger', async () => {
    expect(first.campaign).toMatchObject({ disposition: 'opened' });
    expect(second).toMatchObject({
      outcome: 'not_run',
      campaign: { disposition: 'found', waveNo: first.campaign.waveNo },
    });
    const { rows } = await db.raw(`select state, count(*)::int as n from messages group by state order by state`);
    const states = Object.fromEntries((rows as { state: string; n: number }[]).map(({ state, n }) => [state, n]));
    expect(states).toMatchObject({ FAILED: 9 });
    expect(states['ACCEPTED']).toBeGreaterThan(USERS / 3);
  });

  it('leaves nothing of its people in the histories, whatever providers answered', async () => {
    const text = await historiesAsText(client);
    expect(text.includes('deliverRange')).toBe(true);
    expect(CANARIES.filter((canary) => text.includes(canary))).toEqual([]);
  });

  it('takes no more actions than a small wave needs', async () => {
    const { total, longestHistory } = await benchActions(client, workflowId);
    // The nine mails that were put off come back by their back-off: a busy machine spreads them over more looks.
    expect(total).toBeLessThan(40);
    expect(longestHistory).toBeLessThan(100);
  });
});
