import { MockActivityEnvironment } from '@temporalio/testing';
import { beforeEach, expect, test } from 'vitest';
import { createDeliveryActivities, type DeliveryDeps } from '../../src/activities/delivery.ts';
import type { DeliveryActivities } from '../../src/activities/contract.ts';
import { freshDatabase } from '../support/database.ts';
import { fakeChannel, type FakeChannel } from '../support/fake-channel.ts';
import { aFullWave, aSendableCampaign } from '../support/sendable-wave.ts';

const { db } = await freshDatabase();
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
let serial = 0;
let channel: FakeChannel;

beforeEach(() => {
  channel = fakeChannel();
});

function activities(overrides: Partial<DeliveryDeps> = {}): DeliveryActivities {
  return createDeliveryActivities({
    db,
    channels: new Map([[channel.name, channel]]),
    config: {
      publicUrl: 'http://127.0.0.1:9',
      linkSecret: 's'.repeat(32),
      leaseSeconds: 5,
      operatorWebhook: undefined,
    },
    now: () => new Date(),
    logger: quiet,
    ...overrides,
  });
}

function inActivity<A extends unknown[], R>(fn: (...args: A) => Promise<R>, ...args: A): Promise<R> {
  return new MockActivityEnvironment().run(fn, ...args) as Promise<R>;
}

async function aWaveOf(users: number, fields: { costMinor?: number; campaign?: object } = {}) {
  const campaignId = await aSendableCampaign(db, { campaign: `c${++serial}`, ...fields.campaign });
  const { costMinor = 0 } = fields;
  const wave = await aFullWave(db, { campaignId, users, channel: channel.name, costMinor });
  const part = { waveNo: wave.waveNo, step: 1, channel: channel.name };
  return { ...wave, campaignId, part, all: { ...part, from: 0, to: 1e12 } };
}

async function statesOf(waveNo: number): Promise<Record<string, number>> {
  const rows = await db('messages').where({ wave_no: waveNo }).groupBy('state').select('state').count('* as n');
  return Object.fromEntries(rows.map((row) => [row['state'], Number(row['n'])]));
}

test('sends every due message once, with provider id and the time of acceptance', async () => {
  const wave = await aWaveOf(600);
  const counts = await inActivity(activities().deliverRange, wave.all);
  expect(counts).toMatchObject({ accepted: 600, open: 0 });
  expect(new Set(channel.accepted.map((envelope) => envelope.deliveryId)).size).toBe(600);
  const [row] = await db('messages').where({ wave_no: wave.waveNo }).limit(1);
  expect(row).toMatchObject({ state: 'ACCEPTED', provider: 'smtp', provider_id: `id-${row.message_no}`, owner: null });
  expect(row.counted_at).toEqual(row.accepted_at);
});

test('a definite no comes back later, a final no suppresses user and address and gives the reservation back', async () => {
  const wave = await aWaveOf(3, { costMinor: 50 });
  const [first = 0, second = 0] = wave.messageNos;
  channel.answer = ({ messageNo }) => {
    if (messageNo === first) return { kind: 'retry', reason: 'smtp_451', evidence: 'rcpt: 451 later' };
    if (messageNo === second) {
      return { kind: 'failed', class: 'bad_address', evidence: 'rcpt: 550 5.1.1', suppress: true };
    }
    return { kind: 'accepted', providerId: 'x' };
  };
  await inActivity(activities().deliverRange, wave.all);
  const [retried, failed] = await db('messages').where({ wave_no: wave.waveNo }).orderBy('message_no');
  expect(retried).toMatchObject({ state: 'PLANNED', attempts: 1, fence: 1 });
  expect(retried.planned_at.getTime()).toBeGreaterThan(Date.now() + 10_000);
  expect(failed).toMatchObject({ state: 'FAILED', state_reason: 'bad_address', counted_at: null });
  const suppressed = await db('suppressions').where({ reason: 'bad_address' }).select('user_no', 'address', 'channel');
  expect(suppressed).toEqual([
    { user_no: failed.user_no, address: null, channel: 'email' },
    { user_no: null, address: `w${wave.waveNo}-2@example.test`, channel: 'email' },
  ]);
  expect(await db('campaign_budgets').where({ campaign_id: wave.campaignId }).first()).toMatchObject({
    reserved_minor: 100,
  });
  expect(await db('waves').where({ wave_no: wave.waveNo }).first()).toMatchObject({ reserved_minor: 100 });
  expect(await db('attempts').where({ message_no: first })).toMatchObject([{ result: 'retry', class: 'smtp_451' }]);
});

test('an answer that never came leaves the message UNKNOWN, counted and held', async () => {
  const wave = await aWaveOf(1);
  channel.answer = () => ({ kind: 'unknown', reason: 'no_answer', evidence: 'dot: ECONNRESET' });
  const counts = await inActivity(activities().deliverRange, wave.all);
  expect(counts).toMatchObject({ unknown: 1, open: 0 });
  const found = await inActivity(activities().findDueRanges, { ...wave.part, size: 100, limit: 10 });
  expect(found).toMatchObject({ ranges: [], nextDueAt: null, counts: { unknown: 1 } });
  expect(await inActivity(activities().reconcileUnknown, wave.part)).toEqual({ settled: 0, unknown: 1, againAt: null });
  const [row] = await db('messages').where({ wave_no: wave.waveNo });
  expect(row.counted_at).not.toBeNull();
});

test('a text that lacks a fact fails its own message only', async () => {
  const campaignId = await aSendableCampaign(
    db,
    { campaign: `c${++serial}` },
    { email: { en: { subject: 'Hi {{user.nick}}', html: '<p>x</p>', text: 'x' } } },
  );
  const wave = await aFullWave(db, { campaignId, users: 2 });
  const [first] = await db('messages').where({ wave_no: wave.waveNo }).orderBy('message_no');
  await db('users').where({ user_no: first.user_no }).update({ attributes: '{"nick":"Ada"}' });
  const part = { waveNo: wave.waveNo, step: 1, channel: 'email' as const, from: 0, to: 1e12 };
  expect(await inActivity(activities().deliverRange, part)).toMatchObject({ accepted: 1, failed: 1 });
  const [failed] = await db('messages').where({ wave_no: wave.waveNo, state: 'FAILED' });
  expect(failed.state_reason).toBe('render_failed');
});

test('checks everything once more at the claim', async () => {
  const wave = await aWaveOf(8, { campaign: { returnEvents: ['visit'] } });
  const rows = await db('messages').where({ wave_no: wave.waveNo }).orderBy('message_no');
  const user = (i: number): number => rows[i].user_no;
  await db('users')
    .where({ user_no: user(0) })
    .update({ consent_email: false });
  await db('users')
    .where({ user_no: user(1) })
    .update({ email: null });
  await db('suppressions').insert({ user_no: user(2), channel: 'all', reason: 'x', actor: 'test' });
  await db('users')
    .where({ user_no: user(3) })
    .update({ email: 'Mixed@Example.test' });
  await db('suppressions').insert({ address: 'mixed@example.test', channel: 'email', reason: 'x', actor: 'test' });
  await db('events').insert({
    event_id: `e${serial}`,
    user_id: 'x',
    user_no: user(4),
    type: 'visit',
    occurred_at: new Date(),
    actor: 't',
  });
  await db('messages')
    .where({ message_no: rows[5].message_no })
    .update({ expires_at: new Date(Date.now() - 1) });
  await db('contacts').insert({
    user_no: user(6),
    channel: 'sms',
    category: 'winback',
    sent_at: new Date(Date.now() - 1000),
    actor: 't',
  });
  await inActivity(activities().deliverRange, wave.all);
  const after = await db('messages').where({ wave_no: wave.waveNo }).orderBy('message_no');
  expect(after.map((row) => [row.state, row.state_reason, row.counted_at === null])).toEqual([
    ['SUPPRESSED', 'no_consent', true],
    ['SUPPRESSED', 'no_address', true],
    ['SUPPRESSED', 'suppressed', true],
    ['SUPPRESSED', 'suppressed', true],
    ['CANCELLED', 'returned', true],
    ['EXPIRED', 'stale', true],
    ['SUPPRESSED', 'cap:any-day', true],
    ['ACCEPTED', null, false],
  ]);
  expect(channel.accepted).toHaveLength(1);
});

test('a global holdout that was opened after the plan gets nothing', async () => {
  const wave = await aWaveOf(40);
  await db('global_holdout_periods').insert({ salt: 'late', share: 0.5, actor: 'test' });
  await inActivity(activities().deliverRange, wave.all);
  await db('global_holdout_periods').update({ until_at: new Date() });
  const states = await statesOf(wave.waveNo);
  expect(states['SUPPRESSED']).toBeGreaterThan(5);
  expect(states['ACCEPTED']).toBe(40 - (states['SUPPRESSED'] ?? 0));
});

test('outside the allowed hours the message and its reservation move to the next window', async () => {
  const closed = { email: { from: '10:00', to: '11:00' } };
  const wave = await aWaveOf(1, { campaign: { allowedHours: closed } });
  const night = new Date();
  night.setUTCHours(23, 0, 0, 0);
  await db('messages')
    .where({ wave_no: wave.waveNo })
    .update({ expires_at: new Date(night.getTime() + 2 * 86_400_000) });
  const at = (now: Date): DeliveryActivities => activities({ now: () => now });
  expect(await inActivity(at(night).deliverRange, wave.all)).toMatchObject({ deferred: 1 });
  const morning = new Date(night.getTime() + 11 * 3_600_000);
  const [row] = await db('messages').where({ wave_no: wave.waveNo });
  expect(row).toMatchObject({
    state: 'DEFERRED',
    state_reason: 'quiet_hours',
    planned_at: morning,
    counted_at: morning,
  });
  const early = await inActivity(at(night).findDueRanges, { ...wave.part, size: 10, limit: 10 });
  expect(early).toMatchObject({ ranges: [], nextDueAt: morning.toISOString() });
  const due = await inActivity(at(morning).findDueRanges, { ...wave.part, size: 10, limit: 10 });
  expect(due.ranges).toHaveLength(1);
  expect(await inActivity(at(morning).deliverRange, wave.all)).toMatchObject({ accepted: 1 });
});

test('a cap that says defer moves the message to the first free day', async () => {
  const steps = [
    { channels: ['email' as const], onCap: 'defer' as const, contents: { email: { subject: { en: 'x' }, mjml: 'x' } } },
  ];
  const arms = [{ id: 'mail', share: 1, steps }];
  const wave = await aWaveOf(1, { campaign: { actions: [{ id: 'offer', kind: 'coupon', arms }] } });
  const [row] = await db('messages').where({ wave_no: wave.waveNo });
  await db('contacts').insert({
    user_no: row.user_no,
    channel: 'sms',
    category: 'winback',
    sent_at: new Date(Date.now() - 1000),
    actor: 't',
  });
  await inActivity(activities().deliverRange, wave.all);
  const [moved] = await db('messages').where({ wave_no: wave.waveNo });
  const midnight = new Date();
  midnight.setUTCHours(24, 0, 0, 0);
  expect(moved).toMatchObject({
    state: 'DEFERRED',
    state_reason: 'cap:any-day',
    planned_at: midnight,
    counted_at: midnight,
  });
});

test('an opt-out between claim and intent is honoured, and the next claim says why', async () => {
  const wave = await aWaveOf(2);
  channel.beforeIntent = async ({ messageNo }) => {
    const row = await db('messages').where({ message_no: messageNo }).first();
    if (messageNo !== wave.messageNos[0]) return;
    await db('suppressions')
      .insert({ user_no: row.user_no, channel: 'email', reason: 'x', actor: 't' })
      .onConflict()
      .ignore();
  };
  await inActivity(activities().deliverRange, wave.all);
  expect(await statesOf(wave.waveNo)).toEqual({ ACCEPTED: 1, SUPPRESSED: 1 });
  expect(channel.accepted).toHaveLength(1);
});

test('the kill switch stops a running delivery within a moment and loses nothing', async () => {
  const wave = await aWaveOf(400);
  let seen = 0;
  let afterKill = 0;
  let killed = false;
  channel.answer = async ({ messageNo }) => {
    if (killed) afterKill += 1;
    if (++seen === 50) {
      await db('kill_switches').insert({ campaign_id: wave.campaignId, reason: 'x', engaged_by: 'test' });
      killed = true;
    }
    return { kind: 'accepted', providerId: `${messageNo}` };
  };
  const counts = await inActivity(activities().deliverRange, wave.all);
  expect(afterKill).toBeLessThanOrEqual(channel.concurrency);
  expect(counts.accepted + counts.open).toBe(400);
  expect((await statesOf(wave.waveNo))['PLANNED']).toBe(counts.open);
  const held = await inActivity(activities().findDueRanges, { ...wave.part, size: 100, limit: 10 });
  expect(held.ranges).toEqual([]);
  await db('kill_switches').where({ campaign_id: wave.campaignId }).update({ released_at: new Date() });
  expect(await inActivity(activities().deliverRange, wave.all)).toMatchObject({ accepted: 400, open: 0 });
});

test('halts the wave when failures pass the stop line, with an alarm', async () => {
  const wave = await aWaveOf(1000);
  channel.answer = ({ messageNo }) =>
    messageNo % 2
      ? { kind: 'failed', class: 'content_refused', evidence: '550' }
      : { kind: 'accepted', providerId: 'x' };
  const counts = await inActivity(activities().deliverRange, wave.all);
  expect(counts.open).toBeGreaterThan(0);
  const row = await db('waves').where({ wave_no: wave.waveNo }).first();
  expect(row.state).toBe('halted');
  expect(row.state_reason).toMatch(/of \d+ sends failed for good, the stop line is 20 %/);
  expect(await db('alarms').where({ wave_no: wave.waveNo })).toMatchObject([{ kind: 'failure_rate' }]);
  const found = await inActivity(activities().findDueRanges, { ...wave.part, size: 100, limit: 10 });
  expect(found).toMatchObject({ runState: 'paused', ranges: [] });
});

test('a provider that refuses the account stops the channel and halts the wave', async () => {
  const wave = await aWaveOf(30);
  channel.answer = () => ({ kind: 'retry', reason: 'smtp_535', evidence: 'connect: 535', stopProvider: true });
  await inActivity(activities().deliverRange, wave.all);
  expect(await db('provider_throttles').where({ provider: 'smtp' }).first()).toMatchObject({
    stopped_why: 'connect: 535',
  });
  expect(await db('waves').where({ wave_no: wave.waveNo }).first()).toMatchObject({ state: 'halted' });
  expect((await statesOf(wave.waveNo))['PLANNED']).toBe(30);
  await db('provider_throttles').delete();
});

test('keeps to the rate of the provider, counted in messages over all workers', async () => {
  const wave = await aWaveOf(40);
  await db('provider_throttles').insert({ provider: 'smtp', rate_per_s: 20, tokens: 0 });
  const started = performance.now();
  const [middle = 0] = wave.messageNos.slice(19);
  await Promise.all([
    inActivity(activities().deliverRange, { ...wave.all, to: middle }),
    inActivity(activities().deliverRange, { ...wave.all, from: middle + 1 }),
  ]);
  const seconds = (performance.now() - started) / 1000;
  await db('provider_throttles').delete();
  expect(await statesOf(wave.waveNo)).toEqual({ ACCEPTED: 40 });
  expect(seconds).toBeGreaterThan(1.7);
  expect(seconds).toBeLessThan(6);
});

test('gives claims back and finishes what is in flight when the worker shuts down', async () => {
  const wave = await aWaveOf(300);
  const environment = new MockActivityEnvironment();
  let seen = 0;
  channel.answer = async ({ messageNo }) => {
    await new Promise((resolve) => setTimeout(resolve, 30));
    if (++seen === 20) environment.cancel('WORKER_SHUTDOWN');
    return { kind: 'accepted', providerId: `${messageNo}` };
  };
  await expect(environment.run(activities().deliverRange, wave.all)).rejects.toThrow(/WORKER_SHUTDOWN/);
  const states = await statesOf(wave.waveNo);
  expect(Object.keys(states).toSorted()).toEqual(['ACCEPTED', 'PLANNED']);
  expect(states['ACCEPTED']).toBe(channel.accepted.length);
});

test('leases of waiting messages are renewed, so that a slow provider loses nothing to the sweep', async () => {
  const wave = await aWaveOf(8);
  channel = fakeChannel('email', { concurrency: 1 });
  channel.answer = ({ messageNo }) =>
    new Promise((resolve) => setTimeout(() => resolve({ kind: 'accepted', providerId: `${messageNo}` }), 300));
  const config = {
    publicUrl: 'http://127.0.0.1:9',
    linkSecret: 's'.repeat(32),
    leaseSeconds: 1,
    operatorWebhook: undefined,
  };
  const slow = activities({ config });
  const run = inActivity(slow.deliverRange, wave.all);
  const sweep = setInterval(() => void inActivity(slow.findDueRanges, { ...wave.part, size: 10, limit: 1 }), 200);
  const counts = await run;
  clearInterval(sweep);
  expect(counts).toMatchObject({ accepted: 8, unknown: 0 });
  expect(await db('messages').where({ wave_no: wave.waveNo }).max('fence as fence').first()).toEqual({ fence: 1 });
});
