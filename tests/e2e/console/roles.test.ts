import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginDraft } from '../../../src/app/drafts/begin-draft.ts';
import { atLeast, ROLES, type Role } from '../../../src/domain/roles.ts';
import { startConsole, type RunningConsole } from '../../support/console/open-console.ts';
import { freshDatabase } from '../../support/database.ts';
import { aCampaign, aContactedUser, aWave } from '../../support/world.ts';

const { db } = await freshDatabase();
const { campaignId } = await aCampaign(db);
const waveNo = await aWave(db, { campaignId, audience: 2 });
let running: RunningConsole;

beforeAll(async () => {
  await aContactedUser(db, { waveNo, state: 'UNKNOWN', stateReason: 'timeout', user: { userId: 'anna' } });
  const { userNo, messageNo } = await aContactedUser(db, { waveNo, channel: 'task', state: 'ACCEPTED' });
  const task = { message_no: messageNo, user_no: userNo, campaign_id: 'winback', kind: 'account_manager' };
  await db('tasks').insert({ ...task, title: 'Call them', body: 'Ask why they stopped' });
  await beginDraft({ db, campaignId: 'spring', playbook: null, author: 'console:author', now: new Date() });
  running = await startConsole(db);
}, 180_000);
afterAll(() => running?.close());

/** What a page has for whom: the words of the button or tab, and the least role that sees it. */
const LIMITS: readonly (readonly [path: string, seen: Readonly<Record<string, Role>>])[] = [
  ['/', { 'Stop all sending': 'operator' }],
  ['/campaigns', { 'New campaign': 'marketer' }],
  ['/campaigns/winback', { Edit: 'marketer', Pause: 'operator', Archive: 'operator' }],
  ['/campaigns/spring?tab=approval', { Approve: 'operator' }],
  [`/waves/${waveNo}`, { Pause: 'operator', Abort: 'operator' }],
  [`/waves/${waveNo}/messages?state=UNKNOWN`, { Settle: 'operator' }],
  ['/waves/rehearsal?campaign=winback', { Rehearse: 'marketer', "Run today's wave": 'operator' }],
  ['/results/winback', { 'Read now': 'marketer' }],
  ['/thresholds/winback', { 'Run a cycle now': 'marketer' }],
  ['/users/anna', { Suppress: 'operator', Erase: 'admin' }],
  ['/tasks/1', { 'Write a note': 'operator', Done: 'operator' }],
  ['/imports', { Import: 'operator' }],
  ['/audit', { 'Verify the chain': 'operator' }],
  ['/settings', { 'Put in force': 'admin' }],
];

async function seenOn(page: Page, names: readonly string[]): Promise<string[]> {
  await page.getByRole('main').getByRole('heading').first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.locator('.mantine-Loader-root, .mantine-Skeleton-root').first().waitFor({ state: 'detached' });
  const there = async (name: string): Promise<boolean> => {
    const [button, tab] = (['button', 'tab'] as const).map((role) => page.getByRole(role, { name, exact: true }));
    return (await button?.count()) !== 0 || (await tab?.count()) !== 0;
  };
  const found = await Promise.all(names.map(async (name) => ((await there(name)) ? [name] : [])));
  return found.flat();
}

test.each(ROLES)(
  '%s sees the buttons that the role may use, on every page, and no others',
  async (role) => {
    const { page, context, complaints } = await running.open(role);
    for (const [path, seen] of LIMITS) {
      await page.goto(`${running.api.url}${path}`);
      const mayUse = Object.keys(seen).filter((name) => atLeast(role, seen[name] ?? 'admin'));
      expect({ path, seen: await seenOn(page, Object.keys(seen)) }).toEqual({ path, seen: mayUse });
    }
    expect(complaints).toEqual([]);
    await context.close();
  },
  120_000,
);

test.each([
  ['marketer', '/people', 'admin'],
  ['operator', '/people', 'admin'],
  ['viewer', '/waves/rehearsal?campaign=winback', 'marketer'],
  ['viewer', '/campaigns/winback?tab=edit', 'marketer'],
] as const)('%s who forces %s is told who may', async (role, path, needed) => {
  const { page, context } = await running.open(role, { path });
  await page.getByRole('heading', { name: `This page needs the role ${needed}` }).waitFor();
  await page.getByRole('main').getByRole('link').first().waitFor();
  expect(await page.getByLabel('Text of campaign.yaml').count()).toBe(0);
  await context.close();
});

test('an order that a page does not offer is refused by the API, in words, and nothing is done', async () => {
  const { page, context } = await running.open('viewer', { path: `/waves/${waveNo}` });
  const answer = await page.evaluate(async (path) => {
    const { csrfToken } = await (await fetch('/v1/session')).json();
    const headers = { 'content-type': 'application/json', 'x-csrf-token': csrfToken };
    const refused = await fetch(path, { method: 'POST', headers, body: '{"reason":"forced"}' });
    return { status: refused.status, ...(await refused.json()) };
  }, `/v1/waves/${waveNo}/pause`);
  expect(answer).toMatchObject({ status: 403, code: 'role_missing', detail: expect.stringContaining('operator') });
  expect(await db('waves').where({ wave_no: waveNo }).first('state')).not.toMatchObject({ state: 'paused' });
  await context.close();
});
