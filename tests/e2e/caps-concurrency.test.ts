import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, expect, test } from 'vitest';
import { createDeliveryActivities } from '../../src/activities/delivery.ts';
import { createPlanningActivities } from '../../src/activities/planning.ts';
import { createChannels } from '../../src/channels/create.ts';
import { readAcceptances } from '../../src/channels/stand-ins/acceptances.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { drawGlobalHoldout } from '../../src/experiments/assign.ts';
import { runningStandIns } from '../support/channels.ts';
import { freshDatabase } from '../support/database.ts';
import { aSendableCampaign } from '../support/sendable-wave.ts';
import { applySettings } from '../support/world.ts';

const { db } = await freshDatabase();
const standIns = await runningStandIns();
const home = await mkdtemp(join(tmpdir(), 'recallwave-caps-'));
const channels = await createChannels({
  config: readConfig({
    RECALLWAVE_HOME: home,
    LINK_SECRET: 's'.repeat(32),
    STANDIN_SMTP_PORT: String(standIns.smtpPort),
    STANDIN_HTTP_PORT: String(standIns.httpPort),
  }),
  tasks: { insertTask: () => Promise.reject(new Error('no tasks here')) },
});
afterAll(() => Promise.all([...channels.values()].map((channel) => channel.close())));

const USERS = 1_000;
const WAVES = 8;
const HOUR_MS = 3_600_000;
const started = Date.now();
/** The business clock of all parts; moved on to see what deferrals do. */
let offset = 0;
const now = (): Date => new Date(started + offset);

const planning = createPlanningActivities({ db });
const delivery = createDeliveryActivities({
  db,
  channels,
  config: { publicUrl: 'http://127.0.0.1:9', linkSecret: 's'.repeat(32), leaseSeconds: 20, operatorWebhook: undefined },
  now,
  logger: { info: () => {}, warn: () => {}, error: () => {} },
});

function inActivity<A extends unknown[], R>(fn: (...args: A) => Promise<R>, ...args: A): Promise<R> {
  return new MockActivityEnvironment().run(fn, ...args) as Promise<R>;
}

async function fillUsers(): Promise<void> {
  await db.raw(
    `insert into users (user_id, email, phone, locale, timezone, consent_email, consent_sms, actor)
     select 'c' || g, 'c' || g || '@example.test', '+4479' || lpad(g::text, 8, '0'), 'en', 'UTC', true, true, 'test'
     from generate_series(1, ?) g`,
    [USERS],
  );
  await db.raw(
    `insert into warnings (user_no, model, score, segment, reasons, raised_at, expires_at, actor, imported_at)
     select user_no, 'default', 0.7, 'shopper', '{price}', now() - interval '1 day', now() + interval '30 days', 'test',
       now() - interval '1 hour' from users`,
  );
  await db.raw(
    `insert into suppressions (user_no, channel, reason, actor) select user_no, 'all', 'test', 'test' from users where user_no % 10 = 0`,
  );
}

function aWaveCampaign(i: number): Promise<string> {
  const arm = { share: 0.5, steps: [{ channels: ['email', 'sms'], onCap: 'defer', contents: {} }] };
  return aSendableCampaign(db, {
    campaign: `caps-${i}`,
    holdout: 0.1,
    expiresAfter: '9d',
    policy: { lo: 0.5, inside: 1 },
    actions: [
      {
        id: 'offer',
        kind: 'coupon',
        arms: [
          { id: 'mail', ...arm, share: 1 },
          { id: 'usual', share: 0, control: true },
        ],
      },
    ] as never,
  });
}

async function policyOf(campaignId: string): Promise<void> {
  await db('live_policies').insert({
    campaign_id: campaignId,
    segment: '*',
    action: 'offer',
    policy_version: 1,
    lo: 0.5,
    hi: 1,
    inside: 1,
    outside: 0,
    explore_width: 0,
    arm_shares: JSON.stringify({ mail: 1, usual: 0 }),
    reason: 'test',
    actor: 'test',
  });
}

async function plan(campaignId: string): Promise<number> {
  const decisionAt = now().toISOString();
  const opened = await planning.openWave({
    campaignId,
    decisionAt,
    trigger: 'manual',
    actor: 'test',
    workflowId: campaignId,
  });
  const waveNo = opened.waveNo ?? 0;
  await inActivity(planning.planShards, { waveNo, step: 1, from: 0, to: 100, decisionAt });
  return waveNo;
}

async function deliver(waveNo: number): Promise<void> {
  for (const channel of ['email', 'sms'] as const) {
    const part = { waveNo, step: 1, channel };
    const { ranges } = await inActivity(delivery.findDueRanges, { ...part, size: 200, limit: 20 });
    await Promise.all(ranges.map((range) => inActivity(delivery.deliverRange, { ...part, ...range })));
  }
}

/** Times of each user's acceptances, on the business clock. */
async function acceptedTimes(): Promise<Map<number, number[]>> {
  const numbers = new Map<string, number>(
    (await db('messages').select('delivery_id', 'user_no')).map((row) => [row.delivery_id, row.user_no]),
  );
  const times = new Map<number, number[]>();
  for (const { deliveryId } of await readAcceptances(standIns.acceptancesFile)) {
    const userNo = numbers.get(deliveryId ?? '') ?? -1;
    const sentAt = clockOf.get(deliveryId ?? '') ?? Number.NaN;
    times.set(userNo, [...(times.get(userNo) ?? []), sentAt]);
  }
  return times;
}

/** Business time at which an acceptance was first seen: the stand-ins only know the real one. */
const clockOf = new Map<string, number>();
async function stampAcceptances(): Promise<void> {
  for (const { deliveryId } of await readAcceptances(standIns.acceptancesFile)) {
    if (deliveryId && !clockOf.has(deliveryId)) clockOf.set(deliveryId, now().getTime());
  }
}

test('eight waves at once over the same thousand users never pass a cap, deferrals included', async () => {
  await applySettings(db, {
    caps: {
      rules: [
        { id: 'two-a-day', scope: 'any', max: 2, per: '24h' },
        { id: 'five-a-week', scope: 'any', max: 5, per: '7d' },
      ],
    },
    allowedHours: {},
  });
  await db('global_holdout_periods').insert({ salt: 'global', share: 0.05, actor: 'test' });
  await fillUsers();
  const campaignIds = await Promise.all(Array.from({ length: WAVES }, (_, i) => aWaveCampaign(i)));
  await Promise.all(campaignIds.map(policyOf));

  const waves = await Promise.all(campaignIds.map(plan));
  await Promise.all(waves.map(deliver));
  await stampAcceptances();
  const atOnce = await acceptedTimes();
  expect(Math.max(...[...atOnce.values()].map((times) => times.length))).toBe(2);

  // Deferred messages hold reservations at later moments of the business clock; walk it through three days.
  for (let hours = 12; hours <= 3 * 24; hours += 12) {
    offset = hours * HOUR_MS;
    await Promise.all(waves.map(deliver));
    await stampAcceptances();
  }

  const times = await acceptedTimes();
  const mostWithin = (ms: number): number =>
    Math.max(
      ...[...times.values()].flatMap((sent) => sent.map((at) => sent.filter((o) => o > at - ms && o <= at).length)),
    );
  expect(mostWithin(24 * HOUR_MS)).toBe(2);
  expect(mostWithin(7 * 24 * HOUR_MS)).toBe(5);
  const total = [...times.values()].reduce((sum, sent) => sum + sent.length, 0);
  const first = [...atOnce.values()].reduce((sum, sent) => sum + sent.length, 0);
  expect(total).toBeGreaterThan(first * 2);
}, 180_000);

test('users held out, by the campaign or by the company, and suppressed users get none', async () => {
  const held = await db.raw(
    `select m.message_no from messages m join entries e on e.entry_no = m.entry_no where e.assignment <> 'arm'`,
  );
  expect(held.rows).toEqual([]);
  const users: { user_no: number; user_id: string }[] = await db('users').select('user_no', 'user_id');
  const times = await acceptedTimes();
  expect(times.has(-1)).toBe(false);
  for (const { user_no, user_id } of users) {
    const global = drawGlobalHoldout({ salt: 'global', userId: user_id }) < 0.05;
    if (global || user_no % 10 === 0) expect(times.has(user_no)).toBe(false);
  }
});
