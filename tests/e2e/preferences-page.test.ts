import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type RunningApi } from '../../src/api/server.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { addSuppression } from '../../src/db/queries/suppressions.ts';
import { TEST_DELIVERY_ID } from '../../src/templates/recipient-urls.ts';
import { preferencesToken, unsubscribeToken } from '../../src/templates/tokens.ts';
import { freshDatabase } from '../support/database.ts';
import { aCampaign, aContactedUser, applySettings, aWave } from '../support/world.ts';
import type { UserFields } from '../support/world-people.ts';

const { db } = await freshDatabase();
const secret = 'secret of the tests';
const config = readConfig({ RECALLWAVE_HOME: '/tmp/recallwave-test', LINK_SECRET: secret });
let api: RunningApi;
let waveNo = 0;

beforeAll(async () => {
  await aCampaign(db);
  await applySettings(db, { company: 'Büro & Söhne' });
  waveNo = await aWave(db);
  api = await startApi({ db, config, port: 0, host: '127.0.0.1' });
});
afterAll(() => api.close());

let phones = 0;
async function aRecipient(user: UserFields = {}) {
  const deliveryId = randomUUID();
  const phone = `+44790000${String(++phones).padStart(4, '0')}`;
  const all = { phone, consentSms: true, ...user };
  const sent = await aContactedUser(db, { waveNo, state: 'ACCEPTED', deliveryId, user: all });
  return { ...sent, deliveryId, path: `/p/${preferencesToken(secret, deliveryId)}` };
}

const page = (path: string, headers: Record<string, string> = {}) =>
  fetch(api.url + path, { headers }).then((answer) => answer.text());

async function post(path: string, form: { shown?: string[]; on?: string[]; everything?: string }): Promise<Response> {
  const body = new URLSearchParams();
  for (const [name, values] of Object.entries(form)) for (const value of [values].flat()) body.append(name, value);
  return fetch(api.url + path, { method: 'POST', body, redirect: 'manual' });
}

const checked = (html: string): string[] =>
  [...html.matchAll(/name="on" value="(\w+)" checked/g)].map((match) => match[1] ?? '');
const consents = (userNo: number) =>
  db('consents')
    .where({ user_no: userNo })
    .orderBy('consent_no')
    .select('channel', 'category', 'granted', 'source', 'actor');
const inForce = (userNo: number) =>
  db('suppressions').where({ user_no: userNo }).whereNull('lifted_at').orderBy('channel').select('channel', 'reason');
const unsubscribes = (userNo: number) =>
  db('events').where({ user_no: userNo, type: 'unsubscribe' }).select('properties');

const ALL = ['email', 'sms', 'winback', 'service', 'survey'];

describe('the preferences page', () => {
  it('shows the ways that are there and the subjects, and changes nothing by GET', async () => {
    const { userNo, path } = await aRecipient();
    const html = await page(path);
    expect(html).toContain('What may Büro &amp; Söhne send you?');
    expect(checked(html)).toEqual(ALL);
    expect(html).not.toContain('value="push"');
    expect(html).not.toContain('transactional"');
    expect([await consents(userNo), await inForce(userNo)]).toEqual([[], []]);
  });

  it('turns a channel off as its unsubscribe link does: consent, suppression by user and address, and the outcome', async () => {
    const { userNo, path } = await aRecipient({ email: 'Off@Example.test' });
    const answer = await post(path, { shown: ALL, on: ALL.filter((name) => name !== 'email') });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${path}?saved=1`]);
    const html = await page(`${path}?saved=1`);
    expect(html).toContain('Saved.');
    expect(checked(html)).toEqual(ALL.filter((name) => name !== 'email'));
    expect(await consents(userNo)).toEqual([
      { channel: 'email', category: null, granted: false, source: 'preferences', actor: 'link:preferences' },
    ]);
    expect(await inForce(userNo)).toEqual([{ channel: 'email', reason: 'unsubscribe' }]);
    expect(await db('suppressions').where({ address: 'off@example.test' })).toHaveLength(1);
    expect(await unsubscribes(userNo)).toEqual([
      { properties: { campaign: 'winback', refused: ['email'], how: 'preferences' } },
    ]);
  });

  it('turns it on again, and with it lifts the person’s own opt-out only', async () => {
    const { userNo, path } = await aRecipient({ email: 'again@example.test' });
    await post(path, { shown: ALL, on: ALL.slice(1) });
    await addSuppression(db, { subject: { userNo }, channel: 'sms', reason: 'complaint', actor: 'system:delivery' });
    expect(await page(path)).toMatch(/value="sms" disabled>.*closed at the moment/);
    await post(path, { shown: ALL.slice(2), on: ALL });
    expect(checked(await page(path))).toEqual(['email', 'winback', 'service', 'survey']);
    expect(await inForce(userNo)).toEqual([{ channel: 'sms', reason: 'complaint' }]);
    expect(await db('suppressions').where({ address: 'again@example.test' }).whereNull('lifted_at')).toHaveLength(0);
    expect((await consents(userNo)).map(({ channel, granted }) => [channel, granted])).toEqual([
      ['email', false],
      ['email', true],
    ]);
    expect(await db('users').where({ user_no: userNo }).first('consent_email')).toEqual({ consent_email: true });
    expect(await unsubscribes(userNo)).toHaveLength(1);
  });

  it('turns a subject off and on, as consents of their own', async () => {
    const { userNo, path } = await aRecipient();
    await post(path, { shown: ALL, on: ['email', 'sms', 'service'] });
    expect(await db('users').where({ user_no: userNo }).first('refused_categories')).toEqual({
      refused_categories: ['winback', 'survey'],
    });
    await post(path, { shown: ['email', 'sms', 'service'], on: ['email', 'sms', 'service', 'survey'] });
    expect(checked(await page(path))).toEqual(['email', 'sms', 'service', 'survey']);
    expect((await consents(userNo)).map(({ category, granted }) => [category, granted])).toEqual([
      ['winback', false],
      ['survey', false],
      ['survey', true],
    ]);
    expect(await inForce(userNo)).toEqual([]);
  });

  it('undoes no opt-out by a page that was opened before it', async () => {
    const { userNo, deliveryId, path } = await aRecipient();
    await fetch(`${api.url}/u/${unsubscribeToken(secret, deliveryId)}`, { method: 'POST' });
    await post(path, { shown: ALL, on: ALL.filter((name) => name !== 'survey') });
    expect(checked(await page(path))).toEqual(['sms', 'winback', 'service']);
    expect(await inForce(userNo)).toEqual([{ channel: 'email', reason: 'unsubscribe' }]);
  });

  it('changes nothing twice, also when it is sent twice at once', async () => {
    const { userNo, path } = await aRecipient();
    const form = { shown: ALL, on: ['sms', 'service', 'survey'] };
    await Promise.all([post(path, form), post(path, form)]);
    await post(path, form);
    expect(await consents(userNo)).toHaveLength(2);
    expect(await unsubscribes(userNo)).toHaveLength(1);
  });

  it('unsubscribes from everything, ways without an address too', async () => {
    const { userNo, path } = await aRecipient();
    await post(path, { everything: '1' });
    expect(checked(await page(path))).toEqual([]);
    expect((await inForce(userNo)).map(({ channel }) => channel)).toEqual(['email', 'push', 'sms']);
    expect(await db('users').where({ user_no: userNo }).first('refused_categories', 'consent_push')).toEqual({
      refused_categories: ['winback', 'service', 'survey'],
      consent_push: false,
    });
  });

  it('takes nothing from names that are none of its switches', async () => {
    const { userNo, path } = await aRecipient();
    await post(path, { shown: [...ALL, 'task', 'transactional', 'all'], on: ALL });
    expect(await consents(userNo)).toEqual([]);
  });

  it('speaks the language of the recipient, else that of the browser', async () => {
    const known = await aRecipient({ locale: 'zh-CN' });
    expect(await page(known.path, { 'accept-language': 'en' })).toContain('全部退订');
    const unknown = await aRecipient({ locale: null });
    expect(await page(unknown.path, { 'accept-language': 'zh-TW' })).toContain('<html lang="zh-CN">');
  });

  it('tells a wrong token nothing, and is closed to a person who was erased', async () => {
    const { userNo, deliveryId, path } = await aRecipient();
    for (const token of [preferencesToken('forged', deliveryId), unsubscribeToken(secret, deliveryId), 'x']) {
      expect((await post(`/p/${token}`, { everything: '1' })).status).toBe(404);
    }
    expect(await consents(userNo)).toEqual([]);
    await db('users').where({ user_no: userNo }).update({ erased_at: new Date() });
    expect((await post(path, { everything: '1' })).status).toBe(404);
  });

  it('changes nothing for the link of a test message', async () => {
    const path = `/p/${preferencesToken(secret, TEST_DELIVERY_ID)}`;
    const before = await db('consents').count();
    expect((await post(path, { everything: '1' })).status).toBe(303);
    expect(await page(`${path}?saved=1`)).toContain('nothing is changed');
    expect(await db('consents').count()).toEqual(before);
  });

  it('slows down whoever posts more often than a person can, and nobody else', async () => {
    const { path } = await aRecipient();
    const statuses: number[] = [];
    for (let i = 0; i < 25; i++) statuses.push((await post(path, { shown: [], on: [] })).status);
    expect(new Set(statuses)).toEqual(new Set([303, 429]));
    expect((await post((await aRecipient()).path, { everything: '1' })).status).toBe(303);
  });
});
