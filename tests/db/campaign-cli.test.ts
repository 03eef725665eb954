import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { lintCampaign } from '../../src/app/campaigns/lint-campaign.ts';
import { rehearse } from '../../src/app/rehearse.ts';
import { freshDatabase } from '../support/database.ts';
import { campaignInput } from '../support/campaigns.ts';
import { runCli } from '../support/run-cli.ts';
import { aUser, aWarning, NOON } from '../support/world.ts';

const { db, url } = await freshDatabase();
const run = (...args: string[]) => runCli(url, '--as', 'ana', ...args);
const folder = await mkdtemp(join(tmpdir(), 'recallwave-cli-'));
const file = join(folder, 'spring.yaml');
const at = NOON.toISOString();

const DAY = 86_400_000;

function definition(over: Record<string, unknown> = {}): string {
  const push = { title: { en: 'Hello' }, body: { en: 'Come back' }, url: 'https://shop.example.com/' };
  const step = { channels: ['push'], contents: { push } };
  const arms = [
    { id: 'nothing', share: 0.5, control: true },
    { id: 'plain', share: 0.5, steps: [step] },
  ];
  const input = campaignInput({
    actions: [
      { id: 'loyal', kind: 'content', when: 'orders > 2 && last_visit < "2026-06-01"', arms },
      { id: 'rest', kind: 'content', reasons: ['price'], arms },
    ],
    audience: { segments: ['shopper', 'gold'], filter: 'orders != 1' },
    ...over,
  });
  return stringify(input);
}

beforeAll(async () => {
  await db('attributes').insert([
    { name: 'orders', type: 'number' },
    { name: 'last_visit', type: 'date' },
  ]);
  for (let index = 0; index < 60; index++) {
    const attributes = { orders: index % 5, ...(index % 3 === 0 ? { last_visit: '2026-01-05' } : {}) };
    const userNo = await aUser(db, { attributes, consentPush: true });
    const reasons = index % 4 === 0 ? ['quality'] : ['price'];
    const score = (index % 10) / 10;
    await aWarning(db, { userNo, score, reasons, segment: ['shopper', 'gold', 'other'][index % 3] ?? '' });
  }
  await writeFile(file, definition());
});

test('lint ends with 0, 1 where there are errors and 2 where there is no file', async () => {
  const good = await run('--json', 'campaign', 'lint', file, '--at', at);
  expect(good.code).toBe(0);
  expect(good.json()).toMatchObject({ files: [{ campaign: 'spring', publishable: true }] });
  const bad = join(folder, 'bad.yaml');
  await writeFile(bad, definition({ holdout: 7 }));
  const found = await run('campaign', 'lint', bad, '--offline');
  expect(found.code).toBe(1);
  expect(found.out).toMatch(/bad\.yaml:\d+:\d+ holdout: the number is too large; use at most 0\.9\n.*1 error/);
  expect(await run('campaign', 'lint', join(folder, 'none.yaml'))).toMatchObject({
    code: 2,
    err: expect.stringMatching(/none\.yaml does not exist\nfix: /),
  });
  expect((await run('campaign', 'plan', bad)).code).toBe(2);
});

test('plan, apply, plan: the exit code says whether there is something to apply', async () => {
  const before = await run('campaign', 'plan', file, '--exit-code', '--at', at);
  expect(before.out).toContain('spring is new: applying publishes version 1');
  expect(before.code).toBe(1);
  const applied = await run('campaign', 'apply', file);
  expect(applied).toMatchObject({ code: 0, out: expect.stringMatching(/^spring version 1 published\n/) });
  expect(applied.out).toMatch(/Schedule: Temporal is not running here/);
  expect((await run('campaign', 'plan', file, '--exit-code')).code).toBe(0);
  expect((await run('--json', 'campaign', 'apply', file)).json()).toMatchObject({
    disposition: 'unchanged',
    version: 1,
  });
  expect(await db('campaign_versions').select('author')).toEqual([{ author: 'cli:ana' }]);
});

test('the planned audience and entries are those that the rehearsal of the wave finds', async () => {
  const { data } = await lintCampaign({ file, db, now: NOON });
  const cells = data?.facts.audience ?? [];
  const rehearsed = await rehearse({ db, campaignId: 'spring', decisionAt: NOON });
  const audience = cells.reduce((sum, cell) => sum + cell.users, 0);
  expect(audience).toBe(rehearsed.audience);
  const stopped = rehearsed.blocked.filter(({ rung }) => rung === 'action' || rung === 'score');
  const through = rehearsed.audience - stopped.reduce((sum, one) => sum + one.users, 0);
  expect(through).toBeGreaterThan(0);
  expect(data?.forecast.reduce((sum, action) => sum + action.entries, 0)).toBe(through);
});

test('list, show, history, pause and resume', async () => {
  const list = (await run('--json', 'campaign', 'list')).json() as { campaigns: object[] };
  expect(list.campaigns).toMatchObject([{ campaignId: 'spring', state: 'active', version: 1, author: 'cli:ana' }]);
  const shown = await run('campaign', 'show', 'spring');
  expect(shown.out).toMatch(/^spring version 1, active, priority 50\n/);
  expect((await run('campaign', 'show', 'spring', '--source')).out.trim()).toBe(definition().trim());
  expect((await run('campaign', 'history', 'spring')).out).toMatch(/1\s+in force/);
  expect((await run('campaign', 'pause', 'spring', '--reason', 'stock')).out).toMatch(/^spring is paused\n/);
  expect((await run('campaign', 'resume', 'spring')).out).toMatch(/^spring is active\n/);
  expect((await run('campaign', 'resume', 'spring')).out).toMatch(/^spring is active already\n/);
  expect(await run('campaign', 'show', 'sping')).toMatchObject({
    code: 2,
    err: expect.stringMatching(/there are: spring/),
  });
});

test('settings: applied once, refused with every fault and its place', async () => {
  const settings = join(folder, 'settings.yaml');
  await writeFile(settings, 'company: Acme\nglobalHoldout: 0.02\n');
  expect((await run('settings', 'apply', settings)).out).toBe('settings version 1 is in force\n');
  expect((await run('settings', 'apply', settings)).out).toMatch(/^nothing to change/);
  expect((await run('--json', 'settings', 'show')).json()).toMatchObject({ version: 1, settings: { company: 'Acme' } });
  await writeFile(settings, 'globalHoldout: 2\ncompani: x\n');
  const refused = await run('settings', 'apply', settings);
  expect(refused.code).toBe(2);
  expect(refused.err).toMatch(/:1:16 globalHoldout: .*\n.*:2:1 compani: .*did you mean company\?/);
});

test('takes the base rate from what became of past warnings where the file has none', async () => {
  const raisedAt = new Date(NOON.getTime() - 40 * DAY);
  for (let index = 0; index < 120; index++) {
    const userId = `past-${index}`;
    const userNo = await aUser(db, { userId, attributes: { orders: 0 } });
    await aWarning(db, { userNo, raisedAt, expiresAt: new Date(raisedAt.getTime() + DAY) });
    if (index % 4 !== 0) continue;
    const occurred = new Date(raisedAt.getTime() + (index % 8 === 0 ? 3 : 20) * DAY);
    const event = { event_id: userId, user_id: userId, user_no: userNo, type: 'purchase', occurred_at: occurred };
    await db('events').insert({ ...event, value_minor: 2000, currency: 'USD', actor: 'test' });
  }
  const goal = { event: 'purchase', windowDays: 14 };
  await writeFile(file, definition({ goal, costs: { margin: 0.5 } }));
  const { data, problems } = await lintCampaign({ file, db, now: NOON });
  // Every eighth came back inside the window; those of day 20 are too late.
  expect(data?.facts.measured).toEqual({ warnings: 120, rate: 0.125, averageMinor: 2000, spreadMinor: 0 });
  expect(data?.detections[0]).toMatchObject({ baseRate: 0.125, baseRateFrom: 'events' });
  expect(problems.filter((problem) => problem.rule === 'power')[0]?.what).toMatch(/a lift of 10 % on 12\.5 %/);
});
