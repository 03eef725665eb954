import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { testApi } from '../../support/api-client.ts';
import { freshDatabase } from '../../support/database.ts';

const home = await mkdtemp(join(tmpdir(), 'recallwave-inbox-'));
const { db } = await freshDatabase();
const { as } = await testApi({ db, home });
const look = as('viewer');

const MAIL = [
  'From: Shop <shop@example.test>',
  'To: Ann <ann@example.test>',
  'Subject: Come back',
  'Message-ID: <1@example.test>',
  'MIME-Version: 1.0',
  'Content-Type: multipart/alternative; boundary=b',
  '',
  '--b',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Hello Ann',
  '--b',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<html><body style="color:red"><script>alert(1)</script><a href="https://shop.test/l/1" target="_top">Go</a>',
  '<map><area href="https://shop.test/area"></map><img src="https://shop.test/pixel.png"></body></html>',
  '--b--',
].join('\r\n');

beforeAll(async () => {
  await mkdir(join(home, 'stand-ins'), { recursive: true });
  const at = '2026-05-20T12:00:00.000Z';
  const lines = [
    { at, channel: 'sms', deliveryId: null, to: '+15550001', text: 'Hi, see https://shop.test/s' },
    {
      at,
      channel: 'push',
      deliveryId: 'p-1',
      to: 'https://push.test/1',
      title: 'Psst',
      text: 'Hello',
      url: 'https://shop.test/p',
    },
    { at, channel: 'sms', deliveryId: 's-2', to: '+15550002', text: 'Hi' },
    { at: '2026-05-20T12:00:01.000Z', channel: 'email', deliveryId: 'm-1', to: 'ann@example.test', source: MAIL },
  ];
  await writeFile(join(home, 'stand-ins', 'inbox.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
});

test('what the stand-ins got comes newest first, page by page, each once', async () => {
  const titles: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body } = await look('GET', `/inbox?limit=1${cursor && `&cursor=${cursor}`}`);
    expect(body.standIns).toBe(true);
    titles.push(...body.items.map((one: { title: string }) => one.title));
    cursor = body.next;
  }
  expect(titles).toEqual(['Come back', 'Hi', 'Psst', 'Hi, see https://shop.test/s']);
});

test('a mail is shown with its headers, text and links', async () => {
  const { body } = await look('GET', '/inbox/email/m-1');
  expect(body).toMatchObject({
    from: 'Shop <shop@example.test>',
    title: 'Come back',
    hasHtml: true,
    links: [{ text: 'Go', url: 'https://shop.test/l/1' }],
  });
  expect(body.text).toContain('Hello Ann');
  expect(body.headers).toContainEqual({ name: 'message-id', value: '<1@example.test>' });
});

test('the body of a mail can run nothing, load nothing and lead nowhere', async () => {
  const { status, headers, body } = await look('GET', '/inbox/mail/m-1/body');
  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy.split('; ')).toEqual(
    expect.arrayContaining(['sandbox', "default-src 'none'", 'img-src data:', "style-src 'unsafe-inline'"]),
  );
  expect(policy).not.toContain('script-src');
  expect(body).toContain('style="color:red"');
  expect(body).not.toMatch(/href=|target=/);
});

test('a message without a delivery id can be opened too', async () => {
  const { body } = await look('GET', '/inbox?channel=sms&to=0001');
  expect(body.items).toHaveLength(1);
  const whole = await look('GET', `/inbox/sms/${body.items[0].id}`);
  expect(whole.body).toMatchObject({ deliveryId: null, links: [{ url: 'https://shop.test/s' }], hasHtml: false });
});

test('what is not there is a 404, and an SMS has no HTML', async () => {
  expect((await look('GET', '/inbox/email/nothing')).status).toBe(404);
  expect((await look('GET', '/inbox/mail/s-2/body')).status).toBe(404);
});

test('nobody reads the inbox without a session', async () => {
  const bare = await look('GET', '/inbox/mail/m-1/body', { headers: { cookie: '' } });
  expect(bare.status).toBe(401);
});
