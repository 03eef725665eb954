import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { tellOperators } from '../../src/activities/tell-operators.ts';
import { signature } from '../../src/channels/webhook-signature.ts';
import type { SendResult } from '../../src/channels/channel.ts';
import { freshDatabase } from '../support/database.ts';
import { aDueWave, deliveriesOver, DELIVERY_CONFIG, inActivity, statesOf } from '../support/deliveries.ts';
import { fakeChannel } from '../support/fake-channel.ts';
import { applySettings } from '../support/world.ts';

const { db } = await freshDatabase();
await applySettings(db, { allowedHours: {}, operatorEmail: 'ops@example.test' });

const LOST: SendResult = { kind: 'unknown', reason: 'no_answer', evidence: 'dot: ECONNRESET' };

test('an unknown e-mail is sent once more where the campaign says so, and never a third time', async () => {
  const channel = fakeChannel();
  const wave = await aDueWave(db, { users: 1, campaign: { unknownEmail: 'resend_once' } });
  const deliveries = deliveriesOver(db, channel);
  const seen: string[] = [];
  channel.answer = ({ deliveryId }) => {
    seen.push(deliveryId);
    return LOST;
  };
  await inActivity(deliveries.deliverRange, wave.all);
  expect(await inActivity(deliveries.reconcileUnknown, wave.part)).toMatchObject({ settled: 1, unknown: 0 });
  await inActivity(deliveries.deliverRange, wave.all);
  expect(await inActivity(deliveries.reconcileUnknown, wave.part)).toEqual({ settled: 0, unknown: 1, againAt: null });
  expect(seen).toHaveLength(2);
  expect(new Set(seen).size).toBe(1);
});

test('a second try that is suppressed keeps its reservation, since the first may be out', async () => {
  const channel = fakeChannel();
  const wave = await aDueWave(db, { users: 1, costMinor: 70, campaign: { unknownEmail: 'resend_once' } });
  const deliveries = deliveriesOver(db, channel);
  channel.answer = () => LOST;
  await inActivity(deliveries.deliverRange, wave.all);
  await inActivity(deliveries.reconcileUnknown, wave.part);
  const [message] = await db('messages').where({ wave_no: wave.waveNo });
  await db('users').where({ user_no: message.user_no }).update({ consent_email: false });
  await inActivity(deliveries.deliverRange, wave.all);
  const [after] = await db('messages').where({ wave_no: wave.waveNo });
  expect(after).toMatchObject({ state: 'SUPPRESSED', state_reason: 'no_consent' });
  expect(after.counted_at).not.toBeNull();
  expect(await db('waves').where({ wave_no: wave.waveNo }).first()).toMatchObject({ reserved_minor: 70 });
});

test('an unknown push is simply sent again: the second replaces the first', async () => {
  const channel = fakeChannel('push', { repeatable: true });
  const wave = await aDueWave(db, { users: 1, channel: 'push' });
  const [message] = await db('messages').where({ wave_no: wave.waveNo });
  const subscription = { user_no: message.user_no, kind: 'webpush', endpoint: 'https://push.test/1', actor: 'test' };
  await db('push_subscriptions').insert(subscription);
  const deliveries = deliveriesOver(db, channel);
  let tries = 0;
  channel.answer = () => (++tries === 1 ? LOST : { kind: 'accepted', providerId: 'x' });
  await inActivity(deliveries.deliverRange, wave.all);
  expect(await inActivity(deliveries.reconcileUnknown, wave.part)).toMatchObject({ settled: 1 });
  expect(await inActivity(deliveries.deliverRange, wave.all)).toMatchObject({ accepted: 1 });
});

test('an answer that comes after the lease still settles what the sweep called unknown', async () => {
  const channel = fakeChannel();
  const wave = await aDueWave(db, { users: 1 });
  const deliveries = deliveriesOver(db, channel);
  channel.answer = async ({ messageNo }) => {
    await db('messages')
      .where({ message_no: messageNo })
      .update({ lease_until: new Date(0) });
    const look = await inActivity(deliveries.findDueRanges, { ...wave.part, size: 10, limit: 1 });
    expect(look.counts).toMatchObject({ unknown: 1 });
    return { kind: 'accepted', providerId: 'late' };
  };
  await inActivity(deliveries.deliverRange, wave.all);
  expect(await statesOf(db, wave.waveNo)).toEqual({ ACCEPTED: 1 });
});

test('operators are told of an alarm by mail and by a signed webhook, once', async () => {
  const calls: { signature: string; body: string }[] = [];
  const hook = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      calls.push({ signature: String(request.headers['recallwave-signature']), body });
      response.end();
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => hook.once('listening', resolve));
  const url = `http://127.0.0.1:${(hook.address() as AddressInfo).port}/`;
  await db('alarms').insert({ wave_no: 7, kind: 'failure_rate', message: '30 of 100 sends failed for good' });
  const channel = fakeChannel();
  const deps = {
    db,
    channels: new Map([['email' as const, channel]]),
    config: { ...DELIVERY_CONFIG, operatorWebhook: { url, secret: 'hush' } },
    logger: { info: () => {}, warn: () => {}, error: () => {} },
    now: () => new Date(),
  };
  await tellOperators(deps);
  await tellOperators(deps);
  hook.close();
  expect(channel.accepted.map((envelope) => envelope.content)).toMatchObject([
    { to: { address: 'ops@example.test' }, subject: 'Recallwave: failure rate, wave 7' },
  ]);
  expect(calls).toHaveLength(1);
  const [call] = calls;
  const seconds = Number(/^t=(\d+),/.exec(call?.signature ?? '')?.[1]);
  expect(call?.signature).toBe(signature('hush', seconds, call?.body ?? ''));
  expect(JSON.parse(call?.body ?? '{}')).toMatchObject({ waveNo: 7, kind: 'failure_rate' });
});
