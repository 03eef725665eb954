import { beforeEach, expect, test } from 'vitest';
import type { DeliveryActivities } from '../../src/activities/contract.ts';
import { freshDatabase } from '../support/database.ts';
import { aDueWave, deliveriesOver, inActivity, statesOf } from '../support/deliveries.ts';
import { fakeChannel, type FakeChannel } from '../support/fake-channel.ts';

const { db } = await freshDatabase();
let channel: FakeChannel;

beforeEach(() => {
  channel = fakeChannel();
});

test('checks everything once more at the claim', async () => {
  const wave = await aDueWave(db, { users: 9, campaign: { returnEvents: ['visit'] } });
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
    event_id: `e${wave.waveNo}`,
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
  await db('users')
    .where({ user_no: user(7) })
    .update({ refused_categories: ['survey', 'winback'] });
  await db('users')
    .where({ user_no: user(8) })
    .update({ refused_categories: ['survey'] });
  await inActivity(deliveriesOver(db, channel).deliverRange, wave.all);
  const after = await db('messages').where({ wave_no: wave.waveNo }).orderBy('message_no');
  expect(after.map((row) => [row.state, row.state_reason, row.counted_at === null])).toEqual([
    ['SUPPRESSED', 'no_consent', true],
    ['SUPPRESSED', 'no_address', true],
    ['SUPPRESSED', 'suppressed', true],
    ['SUPPRESSED', 'suppressed', true],
    ['CANCELLED', 'returned', true],
    ['EXPIRED', 'stale', true],
    ['SUPPRESSED', 'cap:any-day', true],
    ['SUPPRESSED', 'category_refused', true],
    ['ACCEPTED', null, false],
  ]);
  expect(channel.accepted).toHaveLength(1);
});

test('a global holdout that was opened after the plan gets nothing', async () => {
  const wave = await aDueWave(db, { users: 40 });
  await db('global_holdout_periods').insert({ salt: 'late', share: 0.5, actor: 'test' });
  await inActivity(deliveriesOver(db, channel).deliverRange, wave.all);
  await db('global_holdout_periods').update({ until_at: new Date() });
  const states = await statesOf(db, wave.waveNo);
  expect(states['SUPPRESSED']).toBeGreaterThan(5);
  expect(states['ACCEPTED']).toBe(40 - (states['SUPPRESSED'] ?? 0));
});

test('outside the allowed hours the message and its reservation move to the next window', async () => {
  const closed = { email: { from: '10:00', to: '11:00' } };
  const wave = await aDueWave(db, { users: 1, campaign: { allowedHours: closed } });
  const night = new Date();
  night.setUTCHours(23, 0, 0, 0);
  await db('messages')
    .where({ wave_no: wave.waveNo })
    .update({ expires_at: new Date(night.getTime() + 2 * 86_400_000) });
  const at = (now: Date): DeliveryActivities => deliveriesOver(db, channel, { now: () => now });
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
  const wave = await aDueWave(db, { users: 1, campaign: { actions: [{ id: 'offer', kind: 'coupon', arms }] } });
  const [row] = await db('messages').where({ wave_no: wave.waveNo });
  await db('contacts').insert({
    user_no: row.user_no,
    channel: 'sms',
    category: 'winback',
    sent_at: new Date(Date.now() - 1000),
    actor: 't',
  });
  await inActivity(deliveriesOver(db, channel).deliverRange, wave.all);
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
  const wave = await aDueWave(db, { users: 2 });
  channel.beforeIntent = async ({ messageNo }) => {
    const row = await db('messages').where({ message_no: messageNo }).first();
    if (messageNo !== wave.messageNos[0]) return;
    await db('suppressions')
      .insert({ user_no: row.user_no, channel: 'email', reason: 'x', actor: 't' })
      .onConflict()
      .ignore();
  };
  await inActivity(deliveriesOver(db, channel).deliverRange, wave.all);
  expect(await statesOf(db, wave.waveNo)).toEqual({ ACCEPTED: 1, SUPPRESSED: 1 });
  expect(channel.accepted).toHaveLength(1);
});

test('eight waves at once over the same users never pass a cap, and leave each user his one message', async () => {
  const waves = await Promise.all(Array.from({ length: 8 }, () => aDueWave(db, { users: 100 })));
  const users = await db('messages')
    .where({ wave_no: waves[0]?.waveNo })
    .orderBy('message_no')
    .pluck<number[]>('user_no');
  for (const wave of waves.slice(1)) {
    await db.raw(
      `update messages m set user_no = u.user_no from unnest(cast(:messages as bigint[]), cast(:users as bigint[])) u(message_no, user_no)
       where m.message_no = u.message_no`,
      { messages: wave.messageNos, users },
    );
  }
  await Promise.all(waves.map((wave) => inActivity(deliveriesOver(db, channel).deliverRange, wave.all)));
  const sent = await db('messages')
    .whereIn(
      'message_no',
      channel.accepted.map((envelope) => envelope.messageNo),
    )
    .pluck('user_no');
  expect(sent.toSorted((a, b) => a - b)).toEqual(users.toSorted((a, b) => a - b));
});
