import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dispatchWebhooks } from '../../../src/app/webhooks/dispatch.ts';
import { signature } from '../../../src/channels/webhook-signature.ts';
import { testApi } from '../../support/api-client.ts';
import { freshDatabase } from '../../support/database.ts';
import { aCampaign, aContactedUser, aWave, NOON } from '../../support/world.ts';

const { db } = await freshDatabase();
const { as } = await testApi({ db, now: () => NOON });
const admin = as('admin');
let waveNo = 0;

interface Received {
  headers: Record<string, unknown>;
  body: string;
}
const received: Received[] = [];
let answer = 200;
const receiver = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    received.push({ headers: request.headers, body });
    response.writeHead(answer, { location: 'http://127.0.0.1:1/' }).end();
  });
});
const url = (): string => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;

beforeAll(async () => {
  await new Promise<void>((resolve) => void receiver.listen(0, '127.0.0.1', resolve));
  await aCampaign(db);
  waveNo = await aWave(db);
});
afterAll(() => receiver.close());

async function aTask(): Promise<number> {
  const { userNo, messageNo } = await aContactedUser(db, { waveNo, channel: 'task', state: 'ACCEPTED' });
  const row = {
    message_no: messageNo,
    user_no: userNo,
    campaign_id: 'winback',
    kind: 'care',
    title: 'Call',
    body: 'Ask',
  };
  const [made] = await db('tasks').insert(row).returning('task_no');
  return made.task_no;
}

const makeDue = () => db('webhook_deliveries').whereNotNull('next_at').update({ next_at: db.fn.now() });

test('a task is told of, signed, in the order of what became of it', async () => {
  const { status, body } = await admin('POST', '/webhooks', {
    body: { url: url(), events: ['task.created', 'task.done'] },
  });
  expect({ status, body }).toMatchObject({ status: 201, body: { webhook: { webhookNo: 1, waiting: 0 } } });
  const taskNo = await aTask();
  await as('operator')('POST', `/tasks/${taskNo}/claim`, { body: {} });
  await as('operator')('POST', `/tasks/${taskNo}/done`, { body: { note: 'comes back' } });
  expect(await dispatchWebhooks({ db, live: false })).toEqual({ delivered: 2, failed: 0 });
  expect(new Set(received.map((one) => JSON.parse(one.body).event))).toEqual(new Set(['task.created', 'task.done']));
  for (const { headers, body: text } of received) {
    const seconds = Number(/^t=(\d+),/.exec(String(headers['recallwave-signature']))?.[1]);
    expect(Math.abs(seconds - Date.now() / 1000)).toBeLessThan(60);
    expect(headers['recallwave-signature']).toBe(signature(body.secret, seconds, text));
    expect(JSON.parse(text)).toMatchObject({
      task: { taskNo, state: 'done', note: 'comes back', campaignId: 'winback' },
    });
  }
  expect(await dispatchWebhooks({ db, live: false })).toEqual({ delivered: 0, failed: 0 });
  const list = await admin('GET', '/webhooks/1/deliveries?limit=1');
  expect(list.body).toMatchObject({
    items: [{ event: 'task.done', tries: 1, lastStatus: 200, nextAt: null }],
    next: expect.any(String),
  });
});

test('a receiver that is down gets it later; one that redirects is not followed', async () => {
  received.length = 0;
  answer = 503;
  await aTask();
  expect(await dispatchWebhooks({ db, live: false })).toEqual({ delivered: 0, failed: 1 });
  expect(await dispatchWebhooks({ db, live: false })).toEqual({ delivered: 0, failed: 0 });
  answer = 302;
  await makeDue();
  expect(await dispatchWebhooks({ db, live: false })).toEqual({ delivered: 0, failed: 1 });
  const waiting = await db('webhook_deliveries').whereNotNull('next_at').first('tries', 'last_error');
  expect(waiting).toEqual({ tries: 2, last_error: 'answered 302' });
  answer = 204;
  await makeDue();
  expect(await dispatchWebhooks({ db, live: false })).toEqual({ delivered: 1, failed: 0 });
  const ids = received.map(({ headers }) => headers['recallwave-delivery']);
  expect(new Set(ids).size).toBe(1);
});

test('what is given up is listed, and sent once more on request', async () => {
  answer = 410;
  await aTask();
  await dispatchWebhooks({ db, live: false });
  expect((await admin('GET', '/webhooks')).body.items).toMatchObject([{ givenUp: 1, waiting: 0 }]);
  expect((await admin('POST', '/webhooks/1/retry')).body).toEqual({ again: 1 });
  answer = 200;
  expect(await dispatchWebhooks({ db, live: false })).toEqual({ delivered: 1, failed: 0 });
});

test('a paused webhook is told nothing until it goes on, and then what waited', async () => {
  received.length = 0;
  expect(await admin('POST', '/webhooks/1/pause')).toMatchObject({
    status: 200,
    body: { pausedAt: expect.any(String) },
  });
  await aTask();
  expect(await dispatchWebhooks({ db, live: false })).toEqual({ delivered: 0, failed: 0 });
  expect((await admin('GET', '/webhooks')).body.items).toMatchObject([{ waiting: 1 }]);
  expect((await admin('POST', '/webhooks/1/resume')).body).toMatchObject({ pausedAt: null });
  expect(await admin('POST', '/webhooks/1/resume')).toMatchObject({ status: 200 });
  expect(await dispatchWebhooks({ db, live: false })).toEqual({ delivered: 1, failed: 0 });
  expect(
    await db('audit_log').where('action', 'like', 'webhook.%e').where('subject', 'webhook/1').pluck('action'),
  ).toEqual(['webhook.pause', 'webhook.resume']);
});

test('a test is signed by the secret that was rotated in, and its answer is told', async () => {
  received.length = 0;
  const { body } = await admin('POST', '/webhooks/1/rotate');
  expect((await admin('POST', '/webhooks/1/test')).body).toEqual({ ok: true, status: 200, error: null });
  const [{ headers, body: text } = { headers: {}, body: '' }] = received;
  const seconds = Number(/^t=(\d+),/.exec(String(headers['recallwave-signature']))?.[1]);
  expect(headers['recallwave-signature']).toBe(signature(body.secret, seconds, text));
  expect(JSON.parse(text)).toMatchObject({ event: 'test', task: null });
  answer = 500;
  expect((await admin('POST', '/webhooks/1/test')).body).toEqual({ ok: false, status: 500, error: 'answered 500' });
  answer = 200;
});

test('two processes at once send a delivery once', async () => {
  received.length = 0;
  await Promise.all(Array.from({ length: 10 }, aTask));
  await Promise.all([1, 2, 3].map(() => dispatchWebhooks({ db, live: false })));
  expect(received).toHaveLength(10);
});

test('a change that is rolled back is not told of', async () => {
  const before = await db('webhook_deliveries').count();
  const taskNo = await aTask();
  await db
    .transaction(async (trx) => {
      await trx('tasks').where({ task_no: taskNo }).update({ state: 'done' });
      throw new Error('undo');
    })
    .catch(() => undefined);
  expect(Number((await db('webhook_deliveries').count())[0]?.['count'])).toBe(Number(before[0]?.['count']) + 1);
});

test.each(['https://shop.example/hook', 'http://10.0.0.1/', 'ftp://127.0.0.1/', 'http://user:pw@127.0.0.1/'])(
  'nothing is sent to %s while not live',
  async (address) => {
    expect(await admin('POST', '/webhooks', { body: { url: address } })).toMatchObject({ status: 422 });
  },
);

test('a removed webhook is told nothing more', async () => {
  await aTask();
  expect((await admin('DELETE', '/webhooks/1')).status).toBe(204);
  expect((await admin('DELETE', '/webhooks/1')).status).toBe(404);
  for (const verb of ['pause', 'rotate', 'test']) {
    expect((await admin('POST', `/webhooks/1/${verb}`)).status).toBe(404);
  }
  await aTask();
  expect(await dispatchWebhooks({ db, live: false })).toEqual({ delivered: 0, failed: 0 });
});

test('nobody but admins sees or makes webhooks', async () => {
  expect((await as('operator')('GET', '/webhooks')).status).toBe(403);
});
