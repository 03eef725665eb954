import { beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../support/database.ts';
import { testApi } from '../../support/api-client.ts';
import { ReadWorld } from '../../support/read-world.ts';
import { aCampaign, hoursAfter, NOON } from '../../support/world.ts';

/** 40 users in arm `mail`, of whom 12 bought, and 30 held out, of whom 3 bought; mature two weeks after NOON. */
const { db } = await freshDatabase();
const now = hoursAfter(NOON, 24 * 20);
const { as } = await testApi({ db, now: () => now });
const [look, market] = [as('viewer'), as('marketer')];
const world = new ReadWorld(db);

beforeAll(async () => {
  const goals = [{ name: 'orders', period: 'month' as const, target: 10 }];
  await aCampaign(db, { costs: { margin: 20 }, holdout: 0.4, goals });
  const columns = { p_holdout: 0.4, p_treat: 1, p_arm: 0.8 };
  for (let index = 0; index < 70; index++) {
    const held = index >= 40;
    const { userNo } = await world.entered({
      assignment: held ? 'holdout' : 'arm',
      columns: held ? { ...columns, p_arm: null } : columns,
    });
    if (index < 12 || (index >= 40 && index < 43)) await world.event(userNo, { at: hoursAfter(NOON, 30), value: 5000 });
  }
});

async function makeRead(body: object = {}): Promise<number> {
  const { status, body: report } = await market('POST', '/campaigns/winback/reads', { body });
  expect(status).toBe(201);
  return report.readNo;
}

test('a read is made by a marketer, kept, and shown to everybody as it was made', async () => {
  const { status, body } = await market('POST', '/campaigns/winback/reads', { body: { by: 'segment' } });
  expect(status).toBe(201);
  expect(body.read).toMatchObject({ campaignId: 'winback', entries: 70, by: 'segment', asOf: now.toISOString() });
  expect(body.read.slices).toMatchObject([{ slice: 'shopper' }]);
  expect(body.goals).toMatchObject([{ name: 'orders', periods: [{ came: 0 }, { came: 12 }] }]);
  const shown = await look('GET', `/reads/${body.readNo}`);
  expect(shown.body).toEqual({ ...body, actor: 'console:marketer', at: expect.any(String) });
  expect((await look('GET', `/reads/${body.readNo}/repeat`)).body).toEqual({
    readNo: body.readNo,
    same: true,
    differences: [],
  });
  expect((await look('POST', '/campaigns/winback/reads', { body: {} })).status).toBe(403);
});

test('a read of the future, of nobody’s campaign or by something unknown is refused', async () => {
  const ahead = await market('POST', '/campaigns/winback/reads', { body: { asOf: hoursAfter(now, 1).toISOString() } });
  expect(ahead).toMatchObject({ status: 422, body: { code: 'input_invalid' } });
  expect((await market('POST', '/campaigns/nobody/reads', { body: {} })).status).toBe(404);
  expect((await market('POST', '/campaigns/winback/reads', { body: { by: 'shoe-size' } })).status).toBe(400);
  expect((await look('GET', '/reads/987654')).status).toBe(404);
});

test('a double click makes one read', async () => {
  const headers = { 'idempotency-key': 'read-click' };
  const first = await market('POST', '/campaigns/winback/reads', { body: {}, headers });
  const second = await market('POST', '/campaigns/winback/reads', { body: {}, headers });
  expect(second.body.readNo).toBe(first.body.readNo);
});

test('kept reads are listed page by page, newest first', async () => {
  const [older, newer] = [await makeRead(), await makeRead({ by: 'day' })];
  const first = await look('GET', '/campaigns/winback/reads?limit=1');
  expect(first.body.items).toMatchObject([{ readNo: newer, by: 'day' }]);
  const second = await look('GET', `/campaigns/winback/reads?limit=1&cursor=${first.body.next}`);
  expect(second.body.items).toMatchObject([{ readNo: older, by: null, sentence: expect.any(String) }]);
});

test('the page of a read is HTML with a policy of its own that forbids scripts', async () => {
  const readNo = await makeRead();
  const page = await look('GET', `/reads/${readNo}/page?language=zh-CN`);
  expect(page.headers.get('content-type')).toContain('text/html');
  expect(page.headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'.*; sandbox/,
  );
  expect(page.body).toContain('<html lang="zh-CN">');
  expect(page.body).not.toContain('<script');
});

test('results over time take the newest read of a day; changes stand beside them', async () => {
  await makeRead({ asOf: hoursAfter(NOON, 24 * 15).toISOString() });
  const newest = await makeRead({ asOf: hoursAfter(NOON, 24 * 15 + 1).toISOString() });
  const { body } = await look('GET', '/campaigns/winback/results-over-time');
  expect(body.items[0]).toMatchObject({
    readNo: newest,
    entries: 70,
    lines: [{ arm: 'mail', against: 'held_out', effect: { value: expect.closeTo(0.2, 5) } }],
  });
  const days = body.items.map((one: { asOf: string }) => one.asOf.slice(0, 10));
  expect(new Set(days).size).toBe(days.length);

  await db('alarms').insert({ wave_no: await world.waveOf(NOON), kind: 'failure_rate', message: 'fails', at: NOON });
  await db('kill_switches').insert({ reason: 'all', engaged_by: 'test', engaged_at: hoursAfter(NOON, 1) });
  await db('live_policies').insert({
    ...(await db('live_policies').first()),
    arm_shares: '{}',
    policy_version: 2,
    lo: 0.4,
    reason: 'by hand',
    at: hoursAfter(NOON, 2),
  });
  const until = new Date(Date.now() + 60_000).toISOString();
  const changes = await look('GET', `/campaigns/winback/changes?from=${NOON.toISOString()}&to=${until}`);
  expect(changes.body.items).toMatchObject([
    { kind: 'version', version: 1 },
    { kind: 'threshold', sentence: expect.stringContaining('by hand') },
    { kind: 'kill', sentence: 'kill switch: all' },
    { kind: 'halt', sentence: 'fails', waveNo: expect.any(Number) },
  ]);
  const none = await look('GET', `/campaigns/winback/changes?to=${hoursAfter(NOON, -1).toISOString()}`);
  expect(none.body.items).toEqual([]);
});

test('goals and the accuracy of warnings are read as of now', async () => {
  const goals = await look('GET', '/campaigns/winback/goals');
  expect(goals.body.items).toMatchObject([
    { name: 'orders', target: 10, periods: [{ standing: 'behind' }, { came: 12, standing: 'reached' }] },
  ]);
  const accuracy = await look('GET', '/warnings/accuracy?campaign=winback');
  expect(accuracy.status).toBe(200);
  expect(accuracy.body.overall).toMatchObject({ entries: 30, left: 30 });
  expect((await look('GET', '/warnings/accuracy?asOf=2099-01-01T00:00:00Z')).status).toBe(422);
});
