import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { applyCampaignFile } from '../../src/app/campaigns/apply.ts';
import { lintCampaign } from '../../src/app/campaigns/lint-campaign.ts';
import { planCampaign } from '../../src/app/campaigns/plan-campaign.ts';
import { changeCampaignState, listCampaignLines, showCampaign } from '../../src/app/campaigns/show-campaign.ts';
import { livePolicies } from '../../src/db/queries/policies.ts';
import { freshDatabase } from '../support/database.ts';
import { anEntry, aUser, aWarning, aWave, aWay, NOON } from '../support/world.ts';

const { db } = await freshDatabase();
const folder = await mkdtemp(join(tmpdir(), 'recallwave-apply-'));
const file = join(folder, 'spring.yaml');

const YAML = `
campaign: spring
name: { en: Spring }
timezone: UTC
currency: USD
locales: [en]
audience:
  segments: [shopper]
  filter: orders >= 1
policy:
  lo: 0.5
  segments: { gold: { lo: 0.4 } }
holdout: 0.1
actions:
  - id: offer
    kind: coupon
    arms:
      - { id: usual, share: 0.5, control: true }
      - id: code
        share: 0.5
        offer: { pool: spring-codes, cost: 5, codePrefix: SPR- }
        steps:
          - channels: [push]
            contents:
              push: { title: { en: "For you" }, body: { en: "Your code {{coupon}}" }, url: "https://shop.example.com/" }
goal: { event: purchase, baseRate: 0.2, minLift: 0.5 }
returnEvents: [purchase]
costs: { push: 0.01, margin: 20 }
budget: { total: 1000 }
schedule: { at: "10:00" }
`;

async function write(text: string): Promise<void> {
  await writeFile(file, text);
}

function apply(options: { resetPolicy?: boolean } = {}) {
  return applyCampaignFile({ db, path: file, actor: 'cli:ana', now: NOON, ...options });
}

function plan() {
  return planCampaign({ db, file, now: NOON });
}

async function rules(text: string): Promise<string[]> {
  await write(text);
  const { problems } = await lintCampaign({ file, db, now: NOON });
  return problems.map((problem) => `${problem.severity} ${problem.rule} ${problem.line}`);
}

await db('attributes').insert([
  { name: 'orders', type: 'number' },
  { name: 'tier', type: 'string' },
]);
for (let index = 0; index < 40; index++) {
  const userNo = await aUser(db, { attributes: { orders: index % 4 } });
  await aWarning(db, { userNo, score: index % 2 === 0 ? 0.9 : 0.45, segment: index < 30 ? 'shopper' : 'gold' });
}
await db('events').insert({
  event_id: 'e1',
  user_id: 'u1',
  type: 'purchase',
  occurred_at: new Date('2026-01-01T00:00:00Z'),
  actor: 'test',
});

test('a plan of a new campaign says whom it would touch and writes nothing', async () => {
  await write(YAML);
  const planned = await plan();
  // 30 shoppers; 8 of them never ordered.
  expect(planned).toMatchObject({
    disposition: 'new',
    version: 1,
    versionInForce: null,
    people: { audience: 22, openEntries: [] },
    currency: 'USD',
  });
  const inside = planned.people.treatable;
  expect(inside).toBeGreaterThan(0);
  expect(planned.people.newEntries).toBe(inside);
  expect(planned.codes).toEqual([{ pool: 'spring-codes', source: 'made', wanted: expect.any(Number), free: null }]);
  expect(planned.holdout.todayMinor).toBeGreaterThan(0);
  expect(await db('campaigns')).toEqual([]);
});

test('applies a file once: version, live policies, pool, budget row and audit; the second time changes nothing', async () => {
  const first = await apply();
  expect(first).toMatchObject({ disposition: 'published', version: 1, pools: ['spring-codes'] });
  expect(first.policies.map((one) => [one.segment, one.action, one.policyVersion])).toEqual([
    ['*', 'offer', 1],
    ['gold', 'offer', 1],
  ]);
  const policies = await livePolicies(db, 'spring');
  expect(policies.map((one) => [one.segment, one.lo, one.hi, one.armShares])).toEqual([
    ['*', 0.5, 1, { usual: 0.5, code: 0.5 }],
    ['gold', 0.4, 1, { usual: 0.5, code: 0.5 }],
  ]);
  expect(await db('campaign_budgets')).toHaveLength(1);
  expect(await db('coupon_pools').first()).toMatchObject({ pool: 'spring-codes', kind: 'generated', prefix: 'SPR-' });
  const before = await db('audit_log').select('action', 'actor');
  expect(before).toContainEqual({ action: 'campaign.published', actor: 'cli:ana' });
  await write(`# only a comment\n${YAML}`);
  expect(await apply()).toMatchObject({ disposition: 'unchanged', version: 1, policies: [], pools: [] });
  expect(await db('audit_log')).toHaveLength(before.length);
  expect((await plan()).disposition).toBe('unchanged');
});

test('a plan of a changed file names each key and text, and who stays on the old version', async () => {
  const userNo = await aUser(db);
  const warningNo = await aWarning(db, { userNo });
  const waveNo = await aWave(db, { campaignId: 'spring' });
  const entryNo = await anEntry(db, { campaignId: 'spring', userNo, waveNo, warningNo });
  await aWay(db, { waveNo, userNo, warningNo, entryNo });
  await write(
    YAML.replace('holdout: 0.1', 'holdout: 0.2').replace('For you', 'Only for you').replace('lo: 0.5', 'lo: 0.6'),
  );
  const planned = await plan();
  expect(planned).toMatchObject({ disposition: 'changed', version: 2, versionInForce: 1 });
  expect(planned.differences).toEqual([
    { key: 'policy.lo', before: 0.5, after: 0.6 },
    { key: 'holdout', before: 0.1, after: 0.2 },
  ]);
  expect(planned.texts).toEqual([{ key: 'offer/code/1.push.en.title', before: 'For you', after: 'Only for you' }]);
  expect(planned.people.openEntries).toEqual([{ version: 1, entries: 1 }]);
  expect(planned.policies).toMatchObject([{ segment: '*', action: 'offer', live: { lo: 0.5 }, file: { lo: 0.6 } }]);
});

test('publishing leaves the live policy alone unless asked, and writes it where the arms changed', async () => {
  expect(await apply()).toMatchObject({ disposition: 'published', version: 2, policies: [] });
  expect((await livePolicies(db, 'spring'))[0]?.lo).toBe(0.5);
  const reset = await apply({ resetPolicy: true });
  expect(reset).toMatchObject({ disposition: 'unchanged', policies: [{ segment: '*', policyVersion: 2 }] });
  expect((await livePolicies(db, 'spring'))[0]?.lo).toBe(0.6);
  await write(YAML.replaceAll('id: code', 'id: big-code'));
  const renamed = await apply();
  expect(renamed.policies.map((one) => one.reason)).toEqual([
    'the arms changed in version 3',
    'the arms changed in version 3',
  ]);
  const live = await livePolicies(db, 'spring');
  expect(live[0]).toMatchObject({ lo: 0.6, armShares: { usual: 0.5, 'big-code': 0.5 } });
});

test('the text of an older version puts that version in force again', async () => {
  await write(YAML);
  expect((await plan()).disposition).toBe('reinstated');
  expect(await apply()).toMatchObject({ disposition: 'reinstated', version: 1 });
  const shown = await showCampaign(db, { campaignId: 'spring', now: NOON });
  expect(shown).toMatchObject({
    version: 1,
    versionInForce: 1,
    source: YAML,
  });
  await expect(showCampaign(db, { campaignId: 'spring', version: 9, now: NOON })).rejects.toThrow(/no version 9/);
});

test('refuses a file with errors, by place and fix, and publishes nothing', async () => {
  await write(YAML.replace('orders >= 1', 'ordrs >= 1'));
  await expect(apply()).rejects.toMatchObject({
    type: 'CampaignInvalid',
    message: expect.stringMatching(/spring\.yaml:9:11 audience\.filter: unknown variable ordrs/),
    fix: expect.stringMatching(/did you mean orders\?/),
  });
  await expect(applyCampaignFile({ db, path: join(folder, 'none.yaml'), actor: 'a' })).rejects.toMatchObject({
    type: 'BadInput',
    message: expect.stringMatching(/does not exist/),
  });
  expect(await db('campaign_versions')).toHaveLength(3);
});

test('lint finds names that the data do not have, with the nearest', async () => {
  await write(YAML.replace('[shopper]', '[shoper]').replace('event: purchase', 'event: purchas'));
  const { problems } = await lintCampaign({ file, db, now: NOON });
  const named = problems.filter((problem) => problem.rule === 'unknown_name');
  expect(named).toMatchObject([
    { line: 8, column: 14, what: 'the data have no segment shoper', fix: 'did you mean shopper?', severity: 'error' },
    { what: 'the data have no type of event purchas', fix: 'did you mean purchase?', severity: 'error' },
  ]);
});

test.each([
  ['an audience above its maximum', 'segments: [shopper]', 'segments: [shopper]\n  max: 5', 'warning audience_max 9'],
  ['an empty audience', 'orders >= 1', 'orders > 99', 'warning audience_empty 8'],
  ['a threshold that nobody reaches', 'lo: 0.5', 'lo: 0.95\n  exploreWidth: 0.01', 'warning threshold 11'],
  ['a pool that is not there', ', codePrefix: SPR-', '', 'error pool_missing 0'],
  ['a budget under the forecast', 'total: 1000', 'total: 1', 'warning budget_small 0'],
  ['an effect that takes too long', 'minLift: 0.5', 'minLift: 0.05', 'warning power 0'],
  ['no base rate', 'baseRate: 0.2, ', '', 'warning power 0'],
])('lint warns of %s', async (_, from, to, expected) => {
  expect(YAML).toContain(from);
  const found = await rules(
    YAML.replace('campaign: spring', 'campaign: fresh').replace('spring-codes', 'other-codes').replace(from, to),
  );
  const [severity, rule, line] = expected.split(' ');
  expect(found.map((one) => (line === '0' ? one.replace(/\d+$/, '0') : one))).toContain(`${severity} ${rule} ${line}`);
});

test('lint sees a coupon pool smaller than the forecast', async () => {
  await db('coupon_pools').insert({ pool: 'few', kind: 'imported', actor: 'test' });
  await db('coupon_codes').insert({ pool: 'few', code: 'A' });
  const text = YAML.replace('campaign: spring', 'campaign: autumn')
    .replace('spring-codes', 'few')
    .replace(', codePrefix: SPR-', '');
  expect((await rules(text)).filter((one) => one.includes('pool'))).toEqual([
    expect.stringMatching(/^warning pool_small/),
  ]);
});

test('lint sees another campaign that wants the same users with equal priority', async () => {
  const other = YAML.replace('campaign: spring', 'campaign: summer').replace('spring-codes', 'summer-codes');
  expect(await rules(other)).toContainEqual(expect.stringMatching(/^warning overlap/));
  expect((await rules(`${other}priority: 60\n`)).filter((one) => one.includes('overlap'))).toEqual([]);
  await changeCampaignState({ db, name: 'spring', state: 'paused', actor: 'cli:ana' });
  expect((await rules(other)).filter((one) => one.includes('overlap'))).toEqual([]);
  expect((await listCampaignLines(db)).map((line) => [line.campaignId, line.state])).toEqual([['spring', 'paused']]);
});

test('the shipped playbooks have no errors and can be published', async () => {
  const shipped = join(folder, 'shipped');
  await cp(new URL('../../src/campaigns', import.meta.url).pathname, shipped, { recursive: true });
  for (const name of ['game-return-pack', 'high-value-account-manager', 'series-watcher', 'shopper-by-purchases']) {
    const path = join(shipped, name, 'campaign.yaml');
    const { problems } = await lintCampaign({ file: path, db: null, now: NOON });
    expect(problems.filter((problem) => problem.severity === 'error')).toEqual([]);
    expect(await readFile(path, 'utf8')).toContain(`campaign: ${name}`);
  }
});
