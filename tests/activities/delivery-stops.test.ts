import { MockActivityEnvironment } from '@temporalio/testing';
import { beforeEach, expect, test } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { aDueWave, deliveriesOver, DELIVERY_CONFIG, inActivity, statesOf } from '../support/deliveries.ts';
import { fakeChannel, type FakeChannel } from '../support/fake-channel.ts';

const { db } = await freshDatabase();
let channel: FakeChannel;

beforeEach(() => {
  channel = fakeChannel();
});

test('the kill switch stops a running delivery within a moment and loses nothing', async () => {
  const wave = await aDueWave(db, { users: 400 });
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
  const counts = await inActivity(deliveriesOver(db, channel).deliverRange, wave.all);
  expect(afterKill).toBeLessThanOrEqual(channel.concurrency);
  expect(counts.accepted + counts.open).toBe(400);
  expect((await statesOf(db, wave.waveNo))['PLANNED']).toBe(counts.open);
  const held = await inActivity(deliveriesOver(db, channel).findDueRanges, { ...wave.part, size: 100, limit: 10 });
  expect(held.ranges).toEqual([]);
  await db('kill_switches').where({ campaign_id: wave.campaignId }).update({ released_at: new Date() });
  expect(await inActivity(deliveriesOver(db, channel).deliverRange, wave.all)).toMatchObject({
    accepted: 400,
    open: 0,
  });
});

test('halts the wave when failures pass the stop line, with an alarm', async () => {
  const wave = await aDueWave(db, { users: 1000 });
  channel.answer = ({ messageNo }) =>
    messageNo % 2
      ? { kind: 'failed', class: 'content_refused', evidence: '550' }
      : { kind: 'accepted', providerId: 'x' };
  const counts = await inActivity(deliveriesOver(db, channel).deliverRange, wave.all);
  expect(counts.open).toBeGreaterThan(0);
  const row = await db('waves').where({ wave_no: wave.waveNo }).first();
  expect(row.state).toBe('halted');
  expect(row.state_reason).toMatch(/of \d+ sends failed for good, the stop line is 20 %/);
  expect(await db('alarms').where({ wave_no: wave.waveNo })).toMatchObject([{ kind: 'failure_rate' }]);
  const found = await inActivity(deliveriesOver(db, channel).findDueRanges, { ...wave.part, size: 100, limit: 10 });
  expect(found).toMatchObject({ runState: 'paused', ranges: [] });
});

test('a provider that refuses the account stops the channel and halts the wave', async () => {
  const wave = await aDueWave(db, { users: 30 });
  channel.answer = () => ({ kind: 'retry', reason: 'smtp_535', evidence: 'connect: 535', stopProvider: true });
  await inActivity(deliveriesOver(db, channel).deliverRange, wave.all);
  expect(await db('provider_throttles').where({ provider: 'smtp' }).first()).toMatchObject({
    stopped_why: 'connect: 535',
  });
  expect(await db('waves').where({ wave_no: wave.waveNo }).first()).toMatchObject({ state: 'halted' });
  expect((await statesOf(db, wave.waveNo))['PLANNED']).toBe(30);
  await db('provider_throttles').delete();
});

test('keeps to the rate of the provider, counted in messages over all workers', async () => {
  const wave = await aDueWave(db, { users: 40 });
  await db('provider_throttles').insert({ provider: 'smtp', rate_per_s: 20, tokens: 0 });
  const started = performance.now();
  const [middle = 0] = wave.messageNos.slice(19);
  await Promise.all([
    inActivity(deliveriesOver(db, channel).deliverRange, { ...wave.all, to: middle }),
    inActivity(deliveriesOver(db, channel).deliverRange, { ...wave.all, from: middle + 1 }),
  ]);
  const seconds = (performance.now() - started) / 1000;
  await db('provider_throttles').delete();
  expect(await statesOf(db, wave.waveNo)).toEqual({ ACCEPTED: 40 });
  expect(seconds).toBeGreaterThan(1.7);
  expect(seconds).toBeLessThan(6);
});

test('gives claims back and finishes what is in flight when the worker shuts down', async () => {
  const wave = await aDueWave(db, { users: 300 });
  const environment = new MockActivityEnvironment();
  let seen = 0;
  channel.answer = async ({ messageNo }) => {
    await new Promise((resolve) => setTimeout(resolve, 30));
    if (++seen === 20) environment.cancel('WORKER_SHUTDOWN');
    return { kind: 'accepted', providerId: `${messageNo}` };
  };
  await expect(environment.run(deliveriesOver(db, channel).deliverRange, wave.all)).rejects.toThrow(/WORKER_SHUTDOWN/);
  const states = await statesOf(db, wave.waveNo);
  expect(Object.keys(states).toSorted()).toEqual(['ACCEPTED', 'PLANNED']);
  expect(states['ACCEPTED']).toBe(channel.accepted.length);
});

test('leases of waiting messages are renewed, so that a slow provider loses nothing to the sweep', async () => {
  const wave = await aDueWave(db, { users: 8 });
  channel = fakeChannel('email', { concurrency: 1 });
  channel.answer = ({ messageNo }) =>
    new Promise((resolve) => setTimeout(() => resolve({ kind: 'accepted', providerId: `${messageNo}` }), 300));
  const config = { ...DELIVERY_CONFIG, leaseSeconds: 1 };
  const slow = deliveriesOver(db, channel, { config });
  const run = inActivity(slow.deliverRange, wave.all);
  const sweep = setInterval(() => void inActivity(slow.findDueRanges, { ...wave.part, size: 10, limit: 1 }), 200);
  const counts = await run;
  clearInterval(sweep);
  expect(counts).toMatchObject({ accepted: 8, unknown: 0 });
  expect(await db('messages').where({ wave_no: wave.waveNo }).max('fence as fence').first()).toEqual({ fence: 1 });
});
