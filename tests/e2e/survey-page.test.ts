import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type RunningApi } from '../../src/api/server.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { TEST_DELIVERY_ID } from '../../src/templates/recipient-urls.ts';
import { surveyToken, unsubscribeToken } from '../../src/templates/tokens.ts';
import { freshDatabase } from '../support/database.ts';
import { aCampaign, aContactedUser, applySettings, aWave } from '../support/world.ts';

const { db } = await freshDatabase();
const secret = 'secret of the tests';
const config = readConfig({ RECALLWAVE_HOME: '/tmp/recallwave-test', LINK_SECRET: secret });
const NOW = new Date('2026-06-10T12:00:00Z');
const DAY = 86_400_000;
let now = NOW;
let api: RunningApi;
let waveNo = 0;

beforeAll(async () => {
  await aCampaign(db, {
    locales: ['zh-CN', 'en'],
    survey: {
      question: { en: 'Why <so> quiet?', 'zh-CN': '最近怎么没来？' },
      options: [
        { reason: 'price', label: { en: 'Too "dear"', 'zh-CN': '太贵' } },
        { reason: 'no_time', label: { en: 'No time', 'zh-CN': '没时间' } },
      ],
      comment: { en: 'Anything else?', 'zh-CN': '还有吗？' },
      openDays: 20,
      reasonDays: 60,
    },
  });
  await applySettings(db, { company: 'Büro & Söhne' });
  waveNo = await aWave(db);
  api = await startApi({ db, config, port: 0, host: '127.0.0.1', now: () => now });
});
afterAll(() => api.close());

async function asked(locale: string | null = 'en') {
  now = NOW;
  const deliveryId = randomUUID();
  const acceptedAt = new Date(NOW.getTime() - 2 * DAY);
  const sent = await aContactedUser(db, { waveNo, state: 'ACCEPTED', deliveryId, acceptedAt, user: { locale } });
  return { ...sent, deliveryId, path: `/s/${surveyToken(secret, deliveryId)}` };
}

const get = (path: string, headers: Record<string, string> = {}) => fetch(api.url + path, { headers });
const post = (path: string, body: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(api.url + path, { method: 'POST', body: new URLSearchParams(body), headers });
const answers = (messageNo: number) => db('survey_answers').where({ message_no: messageNo });

describe('the survey page', () => {
  it('asks the questions of the campaign on GET and HEAD, and stores nothing by them', async () => {
    const { messageNo, path } = await asked();
    for (const method of ['GET', 'HEAD']) expect((await fetch(api.url + path, { method })).status).toBe(200);
    const html = await (await get(`${path}?reason=price`)).text();
    expect(html).toContain('<html lang="en">');
    expect(html).toContain('Why &lt;so&gt; quiet?');
    expect(html).toContain('Too &quot;dear&quot;');
    expect(html).toContain('Anything else?');
    expect(await answers(messageNo)).toHaveLength(0);
  });

  it('stores an answer with the words of the person, until when it counts, and thanks', async () => {
    const { messageNo, userNo, path } = await asked();
    const html = await (await post(path, { reason: 'price', comment: ' =half the price\r\nelsewhere\u0000 ' })).text();
    expect(html).toContain('Thank you');
    expect(html).not.toContain('<button');
    expect(await answers(messageNo)).toMatchObject([
      {
        user_no: userNo,
        campaign_id: 'winback',
        reason: 'price',
        comment: '=half the price\nelsewhere',
        locale: 'en',
        actor: 'link:survey',
        answered_at: NOW,
        counts_until: new Date(NOW.getTime() + 60 * DAY),
      },
    ]);
  });

  it('keeps the first answer: a second one changes nothing, also when both come at once', async () => {
    const { messageNo, path } = await asked();
    const pages = await Promise.all([post(path, { reason: 'price' }), post(path, { reason: 'price' })]);
    for (const page of pages) expect(await page.text()).toContain('Thank you');
    expect(await (await post(path, { reason: 'no_time', comment: 'changed my mind' })).text()).toContain('Thank you');
    expect(await answers(messageNo)).toMatchObject([{ reason: 'price', comment: null }]);
  });

  it('speaks the language of the recipient, else that of the browser', async () => {
    const known = await asked('zh-TW');
    expect(await (await get(known.path, { 'accept-language': 'en' })).text()).toContain('最近怎么没来？');
    const unknown = await asked(null);
    expect(await (await get(unknown.path, { 'accept-language': 'en-GB,en;q=0.9' })).text()).toContain('Why &lt;so&gt;');
    expect(await (await get(unknown.path, { 'accept-language': 'zh-CN,zh' })).text()).toContain('lang="zh-CN"');
    expect(await (await get(unknown.path)).text()).toContain('最近怎么没来？');
  });

  it('asks again, with what was written, for an answer that is none or a text that is too long', async () => {
    const { messageNo, path } = await asked();
    for (const reason of ['', 'vip', 'price|no_time']) {
      const page = await post(path, { reason, comment: 'my <words>' });
      expect(page.status).toBe(422);
      const html = await page.text();
      expect(html).toContain('Please choose an answer first.');
      expect(html).toContain('my &lt;words&gt;');
    }
    const long = await post(path, { reason: 'price', comment: '写'.repeat(1001) });
    expect([long.status, (await long.text()).includes('1000')]).toEqual([422, true]);
    expect((await post(path, { reason: 'price', comment: 'x'.repeat(20_000) })).status).toBe(413);
    expect(await answers(messageNo)).toHaveLength(0);
    expect((await post(path, { reason: 'price', comment: '写'.repeat(1000) })).status).toBe(200);
  });

  it('is over some days after the send', async () => {
    const { messageNo, path } = await asked();
    now = new Date(NOW.getTime() + 18 * DAY + 1000);
    expect(await (await get(path)).text()).toContain('This survey is over');
    expect(await (await post(path, { reason: 'price' })).text()).toContain('This survey is over');
    expect(await answers(messageNo)).toHaveLength(0);
  });

  it('tells a wrong token nothing', async () => {
    const { deliveryId, messageNo } = await asked();
    const tokens = [
      surveyToken('forged', deliveryId),
      unsubscribeToken(secret, deliveryId),
      surveyToken(secret, randomUUID()),
      'x',
    ];
    for (const token of tokens) {
      const page = await post(`/s/${token}`, { reason: 'price' }, { 'accept-language': 'zh-CN' });
      expect([page.status, (await page.text()).includes('链接无效')]).toEqual([404, true]);
    }
    expect(await answers(messageNo)).toHaveLength(0);
  });

  it('asks the questions that ship behind the link of a test message, and keeps no answer', async () => {
    const path = `/s/${surveyToken(secret, TEST_DELIVERY_ID)}`;
    const before = await db('survey_answers').count();
    expect(await (await get(path)).text()).toContain('What kept you away?');
    const page = await (await post(path, { reason: 'price' })).text();
    expect(page).toContain('Thank you');
    expect(page).toContain('no answer is kept');
    expect(await db('survey_answers').count()).toEqual(before);
  });

  it('is closed to a person who was erased', async () => {
    const { userNo, path } = await asked();
    await db('users').where({ user_no: userNo }).update({ erased_at: NOW });
    expect((await get(path)).status).toBe(404);
    expect((await post(path, { reason: 'price' })).status).toBe(404);
  });

  it('slows down whoever posts more often than a person can', async () => {
    const { path } = await asked();
    const statuses: number[] = [];
    for (let i = 0; i < 25; i++) statuses.push((await post(path, { reason: '' })).status);
    expect(new Set(statuses)).toEqual(new Set([422, 429]));
    const other = await asked();
    expect((await post(other.path, { reason: 'price' })).status).toBe(200);
  });

  it('allows no script, frame, foreign asset, cache, cookie or index', async () => {
    const answer = await get((await asked()).path);
    expect(answer.headers.get('content-security-policy')).toMatch(
      /^default-src 'none';style-src 'sha256-[^']+';form-action 'self';base-uri 'none';frame-ancestors 'none'$/,
    );
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('set-cookie')).toBeNull();
    const html = await answer.text();
    expect(html).not.toMatch(/<script|https?:\/\/|style="/);
    expect(html).toContain('noindex');
  });
});

describe('answers', () => {
  it('are rows that nobody changes; only an erasure takes the comment', async () => {
    const { messageNo, path } = await asked();
    await post(path, { reason: 'price', comment: 'mine' });
    await expect(answers(messageNo).update({ reason: 'no_time' })).rejects.toThrow('immutable');
    await expect(answers(messageNo).update({ comment: 'theirs' })).rejects.toThrow('immutable');
    await expect(answers(messageNo).delete()).rejects.toThrow('immutable');
    await answers(messageNo).update({ comment: null });
    expect(await answers(messageNo)).toMatchObject([{ reason: 'price', comment: null }]);
  });
});
