import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginDraft } from '../../../src/app/drafts/begin-draft.ts';
import { openSession } from '../../../src/app/people/sessions.ts';
import { findLogin } from '../../../src/db/queries/people.ts';
import type { Act } from '../../support/console/acts/act.ts';
import { acts } from '../../support/console/acts/acts.ts';
import { violations } from '../../support/console/axe.ts';
import { startConsole, type OpenPage, type RunningConsole } from '../../support/console/open-console.ts';
import { freshDatabase } from '../../support/database.ts';
import { aCampaign, aContactedUser, aWave } from '../../support/world.ts';

/** Between the clicks of a person's double click. */
const APART_MS = 120;
/** What a second click would have begun is on its way by then. */
const LATER_MS = 250;
/** Questions that are sent as POST because of their length. */
const ASKS = /\/(lint|preview|check)$/;
const SOURCES = resolve(import.meta.dirname, '../../../src/console');
/** Not clicked here: what makes buttons for others, what needs a server beside this one, and learning (learning.test.ts). */
const ELSEWHERE = [
  'app/viewer-menu.tsx',
  'parts/csv-button.tsx',
  'parts/reason-button.tsx',
  'screens/campaigns/contents/test-send.tsx',
  'screens/campaigns/edit/confirm-taking.tsx',
  'screens/campaigns/edit/file-actions.tsx',
  'screens/campaigns/overview/schedule-buttons.tsx',
  'screens/results/new-read.tsx',
  'screens/results/read-actions.tsx',
  'screens/results/todo.tsx',
  'screens/thresholds/decision-button.tsx',
  'screens/thresholds/freeze-button.tsx',
  'screens/thresholds/mode-button.tsx',
  'screens/thresholds/run-cycle.tsx',
  'screens/waves/run-wave.tsx',
  'screens/webhooks/deliveries.tsx',
];

const { db } = await freshDatabase();
let running: RunningConsole;
let admin: OpenPage;
/** What the open page asked the server to do. */
let asked: string[] = [];

const WAVE_NO = await aWave(db, { campaignId: (await aCampaign(db)).campaignId, audience: 2 });
const ACTS = acts(WAVE_NO);

beforeAll(async () => {
  const winback = { waveNo: WAVE_NO };
  await aContactedUser(db, { ...winback, state: 'UNKNOWN', stateReason: 'timeout', user: { userId: 'anna' } });
  const { userNo, messageNo } = await aContactedUser(db, { ...winback, channel: 'task', state: 'ACCEPTED' });
  const task = { message_no: messageNo, user_no: userNo, campaign_id: 'winback', kind: 'account_manager' };
  await db('tasks').insert({ ...task, title: 'Call them', body: 'Ask why they stopped' });
  for (const campaignId of ['spring', 'winter']) {
    await beginDraft({ db, campaignId, playbook: null, author: 'console:author', now: new Date() });
  }
  running = await startConsole(db);
  admin = await running.open('admin');
  admin.page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (request.method() !== 'GET' && !ASKS.test(pathname)) asked.push(`${request.method()} ${pathname}`);
  });
  for (const login of ['admin', 'viewer']) {
    const person = await findLogin(db, login);
    if (person) await openSession({ db, person, userAgent: 'a phone' });
  }
}, 180_000);
afterAll(() => running?.close());

/** As a person's hand does: the second click comes when the answer to the first may be there. */
async function clickTwice(page: Page, button: Locator): Promise<void> {
  await button.click({ trial: true });
  const box = await button.boundingBox();
  if (!box) throw new Error('the button is not to be seen');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (const clickCount of [1, 2]) {
    await page.mouse.down({ clickCount });
    await page.mouse.up({ clickCount });
    await page.waitForTimeout(APART_MS);
  }
}

const lastLine = async (): Promise<number> => Number((await db('audit_log').max({ no: 'audit_no' }))[0]?.no ?? 0);

async function twice(act: Act): Promise<{ asked: string[]; audit: string[] }> {
  const { page } = admin;
  const url = `${running.api.url}${act.path}`;
  if (page.url() !== url || (await page.getByRole('dialog').count()) > 0) await page.goto(url);
  await page.locator('h1').waitFor();
  await act.before?.(page);
  if (act.look) await lookBothWays(page);
  const before = await lastLine();
  asked = [];
  await clickTwice(page, act.button(page));
  if (act.audit !== undefined) await expect.poll(lastLine, { timeout: 10_000 }).toBeGreaterThan(before);
  await page.waitForLoadState('networkidle');
  await page.waitForTimeout(LATER_MS);
  const audit = await db('audit_log').where('audit_no', '>', before).orderBy('audit_no').pluck('action');
  return { asked, audit };
}

async function lookBothWays(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect.soft({ colorScheme, found: await violations(page) }).toEqual({ colorScheme, found: [] });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

test.each(ACTS)(
  '$source on $path: a double click acts once',
  async (act) => {
    const { asked: orders, audit } = await twice(act);
    expect(orders.length).toBeLessThanOrEqual(1);
    // Publishing writes lines of several actions; none of them twice.
    expect(audit).toEqual([...new Set(audit)]);
    expect(audit).toEqual(act.audit === undefined ? [] : expect.arrayContaining([act.audit]));
  },
  60_000,
);

test('every source with a button that acts is in the list', () => {
  const acting = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .filter((path) => /useAction\(|<ReasonButton|<ConfirmButton/.test(readFileSync(join(SOURCES, path), 'utf8')));
  expect(acting.toSorted()).toEqual([...new Set([...ELSEWHERE, ...ACTS.map(({ source }) => source)])].toSorted());
});
