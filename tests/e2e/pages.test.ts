import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type RunningApi } from '../../src/api/server.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { connect } from '../../src/db/connect.ts';
import { linkNumbers } from '../../src/db/queries/links.ts';
import { TEST_DELIVERY_ID } from '../../src/templates/recipient-urls.ts';
import { linkToken, unsubscribeToken } from '../../src/templates/tokens.ts';
import { freshDatabase } from '../support/database.ts';
import { aCampaign, aContactedUser, applySettings, aWave } from '../support/world.ts';

const { db } = await freshDatabase();
const secret = 'secret of the tests';
const config = readConfig({ RECALLWAVE_HOME: '/tmp/recallwave-test', LINK_SECRET: secret });
const BROWSER = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1';
const metrics = { contentType: 'text/plain; version=0.0.4', render: () => Promise.resolve('recallwave_up 1\n') };
const logged: string[] = [];
let api: RunningApi;
let waveNo = 0;
let links: Record<string, number> = {};

beforeAll(async () => {
  await aCampaign(db);
  await applySettings(db, { company: 'Büro & <Söhne>' });
  waveNo = await aWave(db);
  links = await linkNumbers(db, {
    campaignId: 'winback',
    urls: { shop: 'https://shop.example/?a=1&b=2', offers: 'https://shop.example/offers', bad: 'javascript:alert(1)' },
  });
  api = await startApi({ db, config, port: 0, host: '127.0.0.1', metrics });
});
afterAll(() => api.close());

async function aRecipient(locale = 'en', acceptedAt = new Date(Date.now() - 3_600_000)) {
  const deliveryId = randomUUID();
  const sent = await aContactedUser(db, { waveNo, state: 'ACCEPTED', deliveryId, acceptedAt, user: { locale } });
  return { ...sent, deliveryId, path: `/u/${unsubscribeToken(secret, deliveryId)}` };
}

function visit(path: string, init: RequestInit & { agent?: string } = {}): Promise<Response> {
  const { agent = BROWSER, ...rest } = init;
  return fetch(api.url + path, { redirect: 'manual', ...rest, headers: { 'user-agent': agent, ...rest.headers } });
}

const suppressed = (userNo: number) =>
  db('suppressions')
    .where({ user_no: userNo })
    .then((found) => found.length);

describe('the unsubscribe page', () => {
  it('asks on GET and HEAD, and never unsubscribes by them', async () => {
    const { userNo, path } = await aRecipient();
    for (const method of ['GET', 'HEAD', 'GET']) expect((await visit(path, { method })).status).toBe(200);
    const html = await (await visit(path)).text();
    expect(html).toContain('<html lang="en">');
    expect(html).toContain('No more e-mails from Büro &amp; &lt;Söhne&gt;?');
    expect(html).toContain('<button>Unsubscribe</button>');
    expect(await suppressed(userNo)).toBe(0);
  });

  it('unsubscribes by the button, and shows it afterwards', async () => {
    const { userNo, path } = await aRecipient();
    const done = await visit(path, { method: 'POST', body: new URLSearchParams({ confirm: '1' }) });
    expect(done.status).toBe(200);
    expect(await done.text()).toContain('You are unsubscribed');
    expect(await suppressed(userNo)).toBe(1);
    const again = await (await visit(path)).text();
    expect(again).toContain('You are unsubscribed');
    expect(again).not.toContain('<button>');
    expect(await db('events').where({ user_no: userNo }).first('properties')).toMatchObject({
      properties: { how: 'page' },
    });
  });

  it.each([
    ['a form', () => new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })],
    [
      'multipart',
      () => {
        const form = new FormData();
        form.set('List-Unsubscribe', 'One-Click');
        return form;
      },
    ],
    ['nothing', () => null],
    ['another type', () => new Blob(['{'], { type: 'application/json' })],
  ])('takes the one-click POST of a mail program with %s as its body', async (_, body) => {
    const { userNo, path } = await aRecipient();
    const answer = await visit(path, { method: 'POST', body: body() });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(await suppressed(userNo)).toBe(1);
    expect(await db('events').where({ user_no: userNo }).first('properties')).toMatchObject({
      properties: { how: 'one_click' },
    });
  });

  it('speaks the language of the recipient, not of the browser', async () => {
    const { path } = await aRecipient('zh-CN');
    const html = await (await visit(path, { headers: { 'accept-language': 'en' } })).text();
    expect(html).toContain('<html lang="zh-CN">');
    expect(html).toContain('确认退订');
    expect(await (await visit(path, { method: 'POST' })).text()).toContain('已退订');
  });

  it('tells a wrong token nothing, in the language of the browser', async () => {
    const { deliveryId } = await aRecipient();
    const bodies = new Set<string>();
    for (const token of [unsubscribeToken('forged', deliveryId), unsubscribeToken(secret, randomUUID()), 'x']) {
      const answer = await visit(`/u/${token}`, { method: 'POST', headers: { 'accept-language': 'zh-TW,zh;q=0.9' } });
      expect(answer.status).toBe(404);
      bodies.add(await answer.text());
    }
    expect(bodies.size).toBe(1);
    expect([...bodies][0]).toContain('链接无效');
  });

  it('changes nothing for the link of a test message', async () => {
    const path = `/u/${unsubscribeToken(secret, TEST_DELIVERY_ID)}`;
    const before = await db('suppressions').count();
    expect(await (await visit(path)).text()).toContain('from a test message');
    expect(await (await visit(path, { method: 'POST' })).text()).toContain('nothing has been changed');
    expect(await db('suppressions').count()).toEqual(before);
  });

  it('allows no script, frame, foreign asset, cache or index', async () => {
    const { path } = await aRecipient();
    const answer = await visit(path);
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(
      /^default-src 'none';style-src 'sha256-[^']+';form-action 'self';base-uri 'none';frame-ancestors 'none'$/,
    );
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(await answer.text()).not.toMatch(/<script|https?:\/\//);
  });

  it('answers 503 when the database is away, and logs no token', async () => {
    const away = connect('postgres://nobody@127.0.0.1:1/none');
    const broken = await startApi({
      db: away,
      config,
      port: 0,
      host: '127.0.0.1',
      logger: { error: (details, message) => logged.push(JSON.stringify(details) + message) },
    });
    const token = unsubscribeToken(secret, randomUUID());
    const answer = await fetch(`${broken.url}/u/${token}`, { method: 'POST' });
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('Nothing has been changed');
    expect((await fetch(`${broken.url}/health`)).status).toBe(503);
    expect(logged).toHaveLength(1);
    expect(logged[0]).not.toContain(token);
    await broken.close();
    await away.destroy();
  });
});

describe('tracked links', () => {
  const clicks = (messageNo: number) =>
    db('clicks').where({ message_no: messageNo }).orderBy('click_no').pluck<boolean[]>('machine');
  const pathOf = (deliveryId: string, name: string) =>
    `/l/${linkToken(secret, { deliveryId, linkNo: links[name] ?? 0 })}`;

  it('lead to the target in our table, and count a click of a person', async () => {
    const { deliveryId, messageNo } = await aRecipient();
    const answer = await visit(pathOf(deliveryId, 'shop'));
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('https://shop.example/?a=1&b=2');
    expect(await clicks(messageNo)).toEqual([false]);
  });

  it('count HEAD, scanners by name and clicks seconds after the send as machines', async () => {
    const { deliveryId, messageNo } = await aRecipient();
    await visit(pathOf(deliveryId, 'shop'), { method: 'HEAD' });
    await visit(pathOf(deliveryId, 'shop'), { agent: 'Barracuda Sentinel (EE)' });
    await visit(pathOf(deliveryId, 'shop'), { agent: '' });
    expect(await clicks(messageNo)).toEqual([true, true, true]);
    const fresh = await aRecipient('en', new Date());
    await visit(pathOf(fresh.deliveryId, 'shop'));
    expect(await clicks(fresh.messageNo)).toEqual([true]);
  });

  it('count all links of a message opened at once as a machine', async () => {
    const { deliveryId, messageNo } = await aRecipient();
    await visit(pathOf(deliveryId, 'shop'));
    await visit(pathOf(deliveryId, 'offers'));
    expect(await clicks(messageNo)).toEqual([true, true]);
  });

  it('go nowhere with a forged token, an unknown link or a target that is no web page', async () => {
    const { deliveryId, messageNo } = await aRecipient();
    for (const path of [
      `/l/${linkToken('forged', { deliveryId, linkNo: links['shop'] ?? 0 })}`,
      `/l/${linkToken(secret, { deliveryId, linkNo: 999_999 })}`,
      pathOf(deliveryId, 'bad'),
      '/l/https%3A%2F%2Fevil.example',
    ]) {
      const answer = await visit(path);
      expect([answer.status, answer.headers.get('location')]).toEqual([404, null]);
    }
    expect(await clicks(messageNo)).toEqual([]);
  });

  it('still lead on when the message is gone', async () => {
    expect((await visit(pathOf(randomUUID(), 'offers'))).headers.get('location')).toBe('https://shop.example/offers');
  });
});

describe('for operators', () => {
  it('health says what answers', async () => {
    expect(await (await visit('/health')).json()).toEqual({ status: 'ok', database: true, temporal: null });
    const checkTemporal = () => Promise.reject(new Error('away'));
    const half = await startApi({ db, config, port: 0, host: '127.0.0.1', checkTemporal });
    const answer = await fetch(`${half.url}/health`);
    expect([answer.status, await answer.json()]).toEqual([503, { status: 'down', database: true, temporal: false }]);
    await half.close();
  });

  it('metrics are for the inside only', async () => {
    const inside = await visit('/metrics');
    expect(inside.headers.get('content-type')).toContain('version=0.0.4');
    expect(await inside.text()).toBe('recallwave_up 1\n');
    expect((await visit('/metrics', { headers: { 'x-forwarded-for': '203.0.113.9' } })).status).toBe(404);
  });

  it('guesses of tokens are slowed down, opt-outs are not', async () => {
    const server = await startApi({ db, config, port: 0, host: '127.0.0.1' });
    const statuses: number[] = [];
    for (let i = 0; i < 40; i++) statuses.push((await fetch(`${server.url}/u/guess${i}`, { method: 'POST' })).status);
    expect(new Set(statuses)).toEqual(new Set([404, 429]));
    const { path, userNo } = await aRecipient();
    expect((await fetch(server.url + path, { method: 'POST' })).status).toBe(200);
    expect(await suppressed(userNo)).toBe(1);
    await server.close();
  });
});
