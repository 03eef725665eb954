import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { UnreachableError } from '../../../src/domain/failures.ts';
import { testApi } from '../../support/api-client.ts';
import { freshDatabase } from '../../support/database.ts';
import { aCampaign, aCouponCode, aUser, aWarning, hoursAfter, NOON } from '../../support/world.ts';

const { db } = await freshDatabase();
const home = await mkdtemp(join(tmpdir(), 'recallwave-parity-'));
const temporal = () => Promise.reject(new UnreachableError('no Temporal here', 'start one'));
const { as } = await testApi({ db, home, temporal });
const [look, market, operate] = [as('viewer'), as('marketer'), as('operator')];

beforeAll(async () => {
  await aCampaign(db);
  await aWarning(db, { userNo: await aUser(db, { userId: 'ana' }) });
});

test('a pool is made, gives a test code, and a code is redeemed once', async () => {
  const made = await operate('POST', '/coupon-pools', { body: { pool: 'spring', prefix: 'SP-' } });
  expect(made).toMatchObject({ status: 201, body: { pool: 'spring' } });
  expect(await operate('POST', '/coupon-pools', { body: { pool: 'spring' } })).toMatchObject({
    status: 422,
    body: { detail: expect.stringContaining('already') },
  });
  const { body } = await operate('POST', '/coupon-pools/spring/test-codes');
  expect(body.code).toMatch(/^TEST-/);
  const redeemed = await operate('POST', '/coupon-codes/redeem', { body: { code: body.code } });
  expect(redeemed).toMatchObject({ status: 200, body: { pool: 'spring', userId: null, changed: true } });
  expect((await operate('POST', '/coupon-codes/redeem', { body: { code: body.code } })).body.changed).toBe(false);
  const { items } = (await look('GET', '/coupon-pools')).body;
  expect(items).toMatchObject([{ pool: 'spring', kind: 'generated', test: 1 }]);
  expect((await market('POST', '/coupon-pools', { body: { pool: 'other' } })).status).toBe(403);
});

test('a code that nobody was given can be neither redeemed nor, twice, released', async () => {
  await aCouponCode(db, { pool: 'autumn', code: 'AUT-1' });
  const redeemed = await operate('POST', '/coupon-codes/redeem', { body: { code: 'AUT-1' } });
  expect(redeemed).toMatchObject({ status: 422, body: { detail: expect.stringContaining('nobody was given it') } });
  const release = { body: { code: 'AUT-1', reason: 'wrong print' } };
  expect((await operate('POST', '/coupon-codes/release', release)).body).toEqual({ pool: 'autumn', changed: false });
  expect((await operate('POST', '/coupon-codes/release', { body: { ...release.body, code: 'no' } })).status).toBe(404);
});

test('an address is suppressed, listed for operators only, and lifted', async () => {
  const body = { address: 'Bo@Example.com', channel: 'email', reason: 'he asked by phone' };
  expect((await operate('POST', '/suppressions', { body })).body).toEqual({ changed: true });
  expect((await operate('POST', '/suppressions', { body })).body).toEqual({ changed: false });
  expect((await market('GET', '/suppressions')).status).toBe(403);
  const { items } = (await operate('GET', '/suppressions?channel=email&limit=1')).body;
  expect(items).toMatchObject([{ address: 'bo@example.com', channel: 'email', liftedAt: null }]);
  expect((await operate('POST', '/suppressions/lift', { body })).body).toEqual({ lifted: 1 });
  expect((await operate('GET', '/suppressions')).body.items).toEqual([]);
  expect((await operate('GET', '/suppressions?lifted=true')).body.items).toHaveLength(1);
  const nobody = await operate('POST', '/suppressions', { body: { ...body, address: 'nobody' } });
  expect(nobody).toMatchObject({ status: 422, body: { code: 'input_invalid' } });
});

test('a saved draft is rehearsed as if it were published, and nothing of it is kept', async () => {
  await as('marketer')('POST', '/campaigns', { body: { campaignId: 'fresh' } });
  const body = { at: hoursAfter(NOON, 1).toISOString() };
  const rehearsed = await market('POST', '/campaigns/fresh/draft/rehearsal', { body });
  expect(rehearsed).toMatchObject({ status: 200, body: { campaignId: 'fresh', version: 1, audience: 1 } });
  expect(await db('campaigns').where({ campaign_id: 'fresh' })).toEqual([]);
  expect(await db('entries').count({ n: '*' }).first()).toEqual({ n: 0 });
  expect((await market('POST', '/campaigns/winback/draft/rehearsal', { body: {} })).status).toBe(404);
  expect((await look('POST', '/campaigns/fresh/draft/rehearsal', { body: {} })).status).toBe(403);
});

test('Schedules answer 404 for who is not there, and 503 without Temporal', async () => {
  expect(await look('GET', '/schedules')).toMatchObject({ status: 503, body: { fix: 'start one' } });
  expect((await look('GET', '/campaigns/nobody/schedule')).status).toBe(404);
  expect((await operate('POST', '/campaigns/winback/schedule/trigger')).status).toBe(503);
  const body = { from: '2026-05-20', to: '2026-05-21' };
  expect((await operate('POST', '/campaigns/winback/schedule/backfill', { body })).status).toBe(503);
  expect((await operate('POST', '/campaigns/winback/schedule/backfill', { body: { from: 'May' } })).status).toBe(400);
});

test('a past experiment is imported into a campaign that is there, with its rejects', async () => {
  const rows = [
    'user_id,segment,reasons,score,arm,assigned_at,contacted,purchased',
    'r1,shopper,price,0.7,mail,2026-01-05T10:00:00Z,true,true',
    'r2,shopper,price,0.7,nobody,2026-01-05T10:00:00Z,true,false',
  ].join('\n');
  const send = (campaign: string) =>
    operate('POST', `/experiments?campaign=${campaign}&source=past.csv`, {
      headers: { 'content-type': 'text/csv' },
      raw: rows,
    });
  const { status, body } = await send('winback');
  expect({ status, body }).toMatchObject({
    status: 200,
    body: { campaignId: 'winback', published: false, accepted: 1, rejected: 1, hasRejects: true },
  });
  const rejects = await operate('GET', `/imports/${body.importNo}/rejects`);
  expect(rejects.body).toContain('nobody');
  expect((await send('package')).status).toBe(404);
});

test('the thresholds come as a page, and the schemas of files as JSON Schema', async () => {
  const page = await look('GET', '/campaigns/winback/thresholds/page?language=zh-CN');
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(page.headers.get('content-security-policy')).toContain('sandbox');
  expect(page.body).toMatch(/^<!doctype html>/i);
  expect((await look('GET', '/schemas/campaign')).body.properties).toHaveProperty('campaign');
  expect((await look('GET', '/schemas/settings')).body).toHaveProperty('properties');
  expect((await look('GET', '/schemas/users')).status).toBe(400);
});
