import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { PushSubscription, SendResult } from '../../src/channels/channel.ts';
import { createRoute } from '../../src/channels/push/endpoints.ts';
import { createFcm } from '../../src/channels/push/fcm.ts';
import { createPost } from '../../src/channels/push/post.ts';
import { createPushChannel } from '../../src/channels/push/push-channel.ts';
import { keptVapidKeys } from '../../src/channels/push/vapid-keys.ts';
import { createWebPush } from '../../src/channels/push/web-push.ts';
import type { Fault } from '../../src/channels/stand-ins/faults.ts';
import { readInbox } from '../../src/channels/stand-ins/inbox.ts';
import { STAND_IN_PUSH_KEYS } from '../../src/channels/stand-ins/push-keys.ts';
import { anEnvelope, anIntent, runningStandIns } from '../support/channels.ts';
import { freePort } from '../support/ports.ts';

const standIns = await runningStandIns();
const home = await mkdtemp(join(tmpdir(), 'recallwave-home-'));
const vapid = await keptVapidKeys(home);
const channel = aChannel(standIns.httpPort);
afterEach(() => standIns.faults.clear());

function aChannel(port: number) {
  const standInUrl = `http://127.0.0.1:${port}`;
  const { post, close } = createPost({ sockets: 4, timeoutMs: 1_000 });
  const made = createPushChannel({
    webPush: createWebPush({ post, route: createRoute({ hosts: [], standInUrl }), vapid }),
    fcm: createFcm({ post, baseUrl: standInUrl, projectId: 'p', token: async () => 'token' }),
    standIn: true,
    concurrency: 4,
    probe: async () => {},
    close,
  });
  afterAll(() => made.close());
  return made;
}

let next = 0;
function web(endpoint = `https://fcm.googleapis.com/fcm/send/${(next += 1)}`): PushSubscription {
  return { subscriptionNo: (next += 1), kind: 'webpush', endpoint, ...STAND_IN_PUSH_KEYS };
}
function fcm(token: string): PushSubscription {
  return { subscriptionNo: (next += 1), kind: 'fcm', endpoint: token, p256dh: null, auth: null };
}
function aPush(...subscriptions: PushSubscription[]) {
  return anEnvelope({
    channel: 'push' as const,
    subscriptions,
    title: '回来吧',
    body: 'New episodes',
    url: 'https://e.com/r',
  });
}

describe('web push', () => {
  const rows: [string, Fault, Partial<SendResult>][] = [
    ['404 is gone', { status: 404 }, { kind: 'failed', class: 'subscription_gone' }],
    ['410 is gone', { status: 410 }, { kind: 'failed', class: 'subscription_gone' }],
    ['413 is too large', { status: 413 }, { kind: 'failed', class: 'too_large' }],
    ['401 stops the channel', { status: 401 }, { kind: 'retry', stopProvider: true }],
    ['403 stops the channel', { status: 403 }, { kind: 'retry', stopProvider: true }],
    [
      '429 waits for Retry-After',
      { status: 429, headers: { 'Retry-After': '30' } },
      { kind: 'retry', retryAfterMs: 30_000 },
    ],
    ['503 is tried again', { status: 503 }, { kind: 'retry' }],
    ['a hang is unknown, and harmless to repeat', { act: 'hang' }, { kind: 'unknown' }],
    ['a reset is unknown', { act: 'reset' }, { kind: 'unknown' }],
  ];
  it.each(rows)('%s', async (_name, fault, expected) => {
    standIns.faults.next('webpush', fault);
    const push = aPush(web());
    expect(await channel.send(push, anIntent())).toMatchObject(expected);
    expect(await standIns.accepted(push.deliveryId)).toHaveLength(0);
  });

  it('names the subscriptions that are gone', async () => {
    standIns.faults.next('webpush', { status: 410 });
    const subscription = web();
    const result = await channel.send(aPush(subscription), anIntent());
    expect(result).toMatchObject({ goneSubscriptions: [subscription.subscriptionNo] });
  });

  it('arrives readable, under a Topic that stands for the delivery', async () => {
    const push = aPush(web());
    expect(await channel.send(push, anIntent())).toMatchObject({ kind: 'accepted' });
    const [acceptance] = await standIns.accepted(push.deliveryId);
    expect(acceptance?.id).toMatch(/^[\w-]{22}$/);
    await new Promise((resolve) => setTimeout(resolve, 250)); // the inbox is written in batches
    const match = (one: { deliveryId: string | null }) => one.deliveryId === push.deliveryId;
    expect(await readInbox(standIns.folder, { match })).toMatchObject([
      { title: '回来吧', text: 'New episodes', url: 'https://e.com/r' },
    ]);
  });

  it('a repeat carries the same Topic', async () => {
    const push = aPush(web());
    await channel.send(push, anIntent());
    await channel.send(push, anIntent());
    const topics = (await standIns.accepted(push.deliveryId)).map((one) => one.id);
    expect(topics).toHaveLength(2);
    expect(new Set(topics).size).toBe(1);
  });

  it('is accepted when one of several devices takes it', async () => {
    standIns.faults.next('webpush', { status: 410 });
    const [first, second] = [web(), web()];
    const result = await channel.send(aPush(first, second), anIntent());
    expect(result).toMatchObject({ kind: 'accepted', goneSubscriptions: [expect.any(Number)] });
  });

  it.each([
    'https://10.0.0.1/push',
    'http://fcm.googleapis.com/fcm/send/1',
    'https://push.services.mozilla.com.evil.example/x',
    'https://evilfcm.googleapis.com.example/x',
    'file:///etc/passwd',
    'no url',
  ])('never writes to %s', async (endpoint) => {
    const push = aPush(web(endpoint));
    expect(await channel.send(push, anIntent())).toMatchObject({ kind: 'failed', class: 'other' });
    expect(await standIns.accepted(push.deliveryId)).toHaveLength(0);
  });

  it('gives up a subscription whose keys are none', async () => {
    const broken = { ...web(), p256dh: 'short', auth: 'x' };
    expect(await channel.send(aPush(broken), anIntent())).toMatchObject({
      kind: 'failed',
      class: 'subscription_gone',
      goneSubscriptions: [broken.subscriptionNo],
    });
  });

  it('is too large before it is sent', async () => {
    const push = aPush(web());
    push.content.body = '长'.repeat(2000);
    expect(await channel.send(push, anIntent())).toMatchObject({ kind: 'failed', class: 'too_large' });
  });
});

describe('FCM', () => {
  it('accepts under a collapse key that stands for the delivery', async () => {
    const push = aPush(fcm('device-1'));
    expect(await channel.send(push, anIntent())).toMatchObject({ kind: 'accepted' });
    expect(await standIns.accepted(push.deliveryId)).toMatchObject([{ id: push.deliveryId, to: 'device-1' }]);
  });

  it('UNREGISTERED is gone', async () => {
    const device = fcm('gone-device');
    const result = await channel.send(aPush(device), anIntent());
    expect(result).toMatchObject({ class: 'subscription_gone', goneSubscriptions: [device.subscriptionNo] });
  });

  const error = (status: number, errorCode?: string): Fault => ({
    status,
    body: { error: { code: status, status: 'X', details: errorCode === undefined ? [] : [{ errorCode }] } },
  });
  it.each<[string, Fault, Partial<SendResult>]>([
    ['SENDER_ID_MISMATCH is gone', error(403, 'SENDER_ID_MISMATCH'), { class: 'subscription_gone' }],
    ['a wrong project stops', error(404), { kind: 'retry', stopProvider: true }],
    ['401 stops', error(401, 'THIRD_PARTY_AUTH_ERROR'), { kind: 'retry', stopProvider: true }],
    [
      '429 is tried again',
      { ...error(429, 'QUOTA_EXCEEDED'), headers: { 'Retry-After': '2' } },
      { retryAfterMs: 2000 },
    ],
    ['500 is tried again', error(500, 'INTERNAL'), { kind: 'retry' }],
    ['503 is tried again', error(503, 'UNAVAILABLE'), { kind: 'retry' }],
  ])('%s', async (_name, fault, expected) => {
    standIns.faults.next('fcm', fault);
    expect(await channel.send(aPush(fcm('device-2')), anIntent())).toMatchObject(expected);
  });
});

describe('push, intent and connection', () => {
  it('writes nothing when the intent says no', async () => {
    const push = aPush(web(), fcm('device-3'));
    expect(await channel.send(push, anIntent(false))).toEqual({ kind: 'withdrawn' });
    expect(await standIns.accepted(push.deliveryId)).toHaveLength(0);
  });

  it('asks once for all devices', async () => {
    const intent = anIntent();
    await channel.send(aPush(web(), web(), fcm('device-4')), intent);
    expect(intent.asked()).toBe(1);
  });

  it('fails for good without any subscription, and asks nobody', async () => {
    const intent = anIntent();
    expect(await channel.send(aPush(), intent)).toMatchObject({ kind: 'failed', class: 'subscription_gone' });
    expect(intent.asked()).toBe(0);
  });

  it('a refused connection is a definite no', async () => {
    const result = await aChannel(await freePort()).send(aPush(web()), anIntent());
    expect(result).toMatchObject({ kind: 'retry', evidence: 'webpush: ECONNREFUSED' });
  });

  it('keeps the VAPID keys it made', async () => {
    expect(await keptVapidKeys(home)).toEqual(vapid);
  });
});
