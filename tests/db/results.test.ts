import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CampaignRead } from '../../src/domain/read.ts';
import { freshDatabase } from '../support/database.ts';
import { ReadWorld } from '../support/read-world.ts';
import { runCli } from '../support/run-cli.ts';
import { aCampaign, hoursAfter, NOON } from '../support/world.ts';

/** 40 users in arm `mail`, of whom 12 bought, and 30 held out, of whom 3 bought; mature two weeks after NOON. */
const { db, url } = await freshDatabase();
const world = new ReadWorld(db);
const folder = await mkdtemp(join(tmpdir(), 'recallwave-results-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const later = hoursAfter(NOON, 24 * 20).toISOString();
const mailed: number[] = [];

beforeAll(async () => {
  await aCampaign(db, {
    costs: { margin: 20 },
    holdout: 0.4,
    goals: [{ name: 'orders', period: 'month', target: 10 }],
  });
  const columns = { p_holdout: 0.4, p_treat: 1, p_arm: 0.8 };
  for (let index = 0; index < 70; index++) {
    const held = index >= 40;
    const { userNo } = await world.entered({
      assignment: held ? 'holdout' : 'arm',
      columns: held ? { ...columns, p_arm: null } : columns,
    });
    if (!held) mailed.push(userNo);
    if (index < 12 || (index >= 40 && index < 43)) await world.event(userNo, { at: hoursAfter(NOON, 30), value: 5000 });
  }
});

function run(...args: string[]): ReturnType<typeof runCli> {
  return runCli(url, ...args);
}

async function read(...options: string[]): Promise<{ readNo: number; read: CampaignRead }> {
  const { json } = await run('--json', 'results', 'winback', '--as-of', later, ...options);
  return json();
}

function bought({ groups }: CampaignRead): Record<string, number | undefined> {
  return Object.fromEntries(groups.map(({ group, values }) => [group, values[0]?.converted]));
}

test('counts entries and outcomes by group, and gives a verdict', async () => {
  const { read: found } = await read();
  expect(bought(found)).toEqual({ mail: 12, usual: 0, holdout: 3 });
  expect(found.groups.map(({ group, role, entries }) => [group, role, entries])).toEqual([
    ['mail', 'arm', 40],
    ['usual', 'control', 0],
    ['holdout', 'holdout', 30],
  ]);
  expect(found.verdicts).toMatchObject([{ arm: 'mail', against: 'held_out' }]);
  expect(found.money[0]?.perEntry?.value).toBeCloseTo((2000 * 12) / 40 - (2000 * 3) / 30, 6);
});

test('names the cohorts whose window is open, and counts nothing of them', async () => {
  const { json } = await run('--json', 'results', 'winback', '--as-of', hoursAfter(NOON, 24 * 13).toISOString());
  const { read: early } = json() as { read: CampaignRead };
  expect(early).toMatchObject({ entries: 0, verdict: { decision: 'cant_tell', reason: 'all_immature' } });
  expect(early.immature).toEqual([
    { day: '2026-05-20', entries: 70, maturesAt: hoursAfter(NOON, 24 * 14).toISOString() },
  ]);
});

test('a kept read comes out the same to the digit, and stays what it was when a late event changes the next one', async () => {
  const first = await read('--by', 'segment');
  await world.event(mailed[20] as number, { at: hoursAfter(NOON, 40), value: 5000 });
  const second = await read('--by', 'segment');
  expect(bought(first.read).mail).toBe(12);
  expect(bought(second.read).mail).toBe(13);
  const repeated = await run('--json', 'results', '--repeat', String(first.readNo));
  expect(repeated.code).toBe(0);
  expect(repeated.json()).toMatchObject({ same: true, differences: [], stored: first.read, repeated: first.read });
  expect((await run('results', '--repeat', String(second.readNo))).out).toMatch(/the same to the digit/);
});

test('says where a kept read differs from what its inputs give, with exit code 1', async () => {
  const { readNo } = await read();
  await db.raw('alter table reads disable trigger user');
  await db.raw(
    `update reads set result = jsonb_set(result, '{verdict,sentence}', '"Ship everything."') where read_no = ?`,
    [readNo],
  );
  await db.raw('alter table reads enable trigger user');
  const { code, out } = await run('results', '--repeat', String(readNo));
  expect(code).toBe(1);
  expect(out).toMatch(/differs: verdict\.sentence/);
});

test('an event that is imported twice counts once', async () => {
  const [user] = (await db('users').where({ user_no: mailed[30] }).select('user_id')) as { user_id: string }[];
  const at = hoursAfter(NOON, 50).toISOString();
  const file = join(folder, 'events.csv');
  await writeFile(
    file,
    `event_id,user_id,type,occurred_at,value,currency\ne-twice,${user?.user_id},purchase,${at},50,USD\n`,
  );
  const before = bought((await read()).read).mail ?? 0;
  for (let again = 0; again < 2; again++) expect((await run('import', 'events', file)).code).toBe(0);
  expect(bought((await read()).read).mail).toBe(before + 1);
});

test('prints trust and verdict first, then arms, money, guardrails and goals', async () => {
  const { out, code } = await run('results', 'winback', '--as-of', later, '--by', 'segment');
  expect(code).toBe(0);
  const order = [
    'results of winback, version 1, as of 2026-06-09 12:00:00Z (read ',
    'Keep running mail',
    'trust: Groups of offer',
    'offer: purchase',
    'mail v held-out',
    '\nnet value',
    '\nguardrail',
    'by days since the entry',
    '\nsegment',
    'goals',
    'notes',
  ];
  const places = order.map((text) => out.indexOf(text));
  expect(places).not.toContain(-1);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

test('writes the page, and says where it cannot', async () => {
  const file = join(folder, 'page.html');
  expect((await run('results', 'winback', '--as-of', later, '--html', file)).code).toBe(0);
  expect(await readFile(file, 'utf8')).toMatch(/^<!doctype html>[\s\S]*Win back/i);
  const { code, err } = await run('results', 'winback', '--as-of', later, '--html', join(folder, 'none', 'page.html'));
  expect([code, err]).toEqual([2, expect.stringMatching(/--html .*page\.html: can't be written \(ENOENT\)/)]);
});

test('lists the kept reads, newest first, with who made them', async () => {
  const { readNo } = await read();
  const { json } = await run('--json', '--as', 'ana', 'results', 'winback', '--list', '--limit', '1');
  expect(json()).toMatchObject({
    reads: [{ readNo, decision: 'keep_running', actor: expect.stringMatching(/^cli:/) }],
  });
});

test.each([
  { args: ['winbak'], says: /there is no campaign "winbak"[\s\S]*winback/ },
  {
    args: ['winback', '--as-of', '2100-01-01T00:00:00Z'],
    says: /--as-of 2100-01-01T00:00:00.000Z is ahead of the clock/,
  },
  { args: ['winback', '--as-of', 'yesterday'], says: /--as-of.*ISO 8601/ },
  { args: ['winback', '--by', 'segmnt'], says: /--by.*did you mean segment\?/ },
  { args: ['--repeat', '999999'], says: /there is no read 999999[\s\S]*--list/ },
  { args: [], says: /which campaign\?/ },
])('refuses $args with the place and the fix', async ({ args, says }) => {
  const { code, err } = await run('results', ...args);
  expect([code, err]).toEqual([2, expect.stringMatching(says)]);
});
