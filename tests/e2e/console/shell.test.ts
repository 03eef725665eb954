import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { engageKill } from '../../../src/app/kill-switch.ts';
import { ROLES, type Role } from '../../../src/domain/roles.ts';
import { violations } from '../../support/console/axe.ts';
import { PASSWORD, startConsole, type OpenPage, type RunningConsole } from '../../support/console/open-console.ts';
import { freshDatabase } from '../../support/database.ts';

const { db } = await freshDatabase();
let running: RunningConsole;
beforeAll(async () => {
  running = await startConsole(db);
});
afterAll(() => running.close());

async function logIn({ page }: OpenPage, login: string, password = PASSWORD): Promise<void> {
  await page.locator('input[name=login]').fill(login);
  await page.locator('input[name=password]').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
}

test('logging in leads to the address that was asked for, and nothing offends the content policy', async () => {
  const opened = await running.openOutside({ path: '/settings' });
  await logIn(opened, 'viewer');
  await opened.page.getByRole('heading', { name: 'Settings' }).waitFor();
  expect(new URL(opened.page.url()).pathname).toBe('/settings');
  expect(opened.complaints).toEqual([]);
  await opened.context.close();
});

test('a wrong password is said, and the login stays', async () => {
  const opened = await running.openOutside();
  await logIn(opened, 'viewer', 'not my password');
  await opened.page.getByText('Login or password is wrong').waitFor();
  expect(await opened.page.locator('input[name=login]').inputValue()).toBe('viewer');
  await opened.context.close();
});

/** What the editor holds. */
async function textOf(file: Locator): Promise<string> {
  return (await file.locator('.cm-line').allInnerTexts()).map((line) => `${line}\n`).join('');
}

async function typeAfterFirstLine(page: Page, text: string): Promise<void> {
  await page.getByLabel('settings.yaml').click();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.press('End');
  await page.keyboard.insertText(text);
}

test('a session that ends in the middle of an edit asks for the password and goes on with what was typed', async () => {
  const { page, context } = await running.open('admin', { path: '/settings' });
  const file = page.getByLabel('settings.yaml');
  await typeAfterFirstLine(page, ' of Winback');
  await page.getByText('No faults').waitFor();
  await db('sessions').update({ revoked_at: db.fn.now() });
  await page.getByRole('button', { name: 'Put in force' }).click();
  await page.getByRole('button', { name: 'Yes, go on' }).click();
  const dialog = page.getByRole('dialog', { name: 'You have been logged out' });
  await dialog.locator('input[name=password]').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Log in' }).click();
  await page.getByText('Version 1, by console:admin').waitFor();
  expect(await textOf(file)).toMatch(/^company: Example Company of Winback\n/);
  await context.close();
  running.forgetSessions();
});

test('a session that is over asks for the password before another screen is loaded', async () => {
  const { page, context } = await running.open('viewer');
  await page.getByText('Nothing waits for a decision.').waitFor();
  await db('sessions').update({ revoked_at: db.fn.now() });
  await page.getByRole('link', { name: 'Settings' }).click();
  const dialog = page.getByRole('dialog', { name: 'You have been logged out' });
  await dialog.locator('input[name=password]').fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  await context.close();
  running.forgetSessions();
});

test('says when the server does not answer, and goes on when it is back', async () => {
  const { page, context } = await running.open('viewer');
  await page.getByText('Nothing waits for a decision.').waitFor();
  await page.route('**/v1/**', (route) => route.abort());
  const told = page.getByText('The server does not answer');
  await told.waitFor({ timeout: 20_000 });
  await page.unroute('**/v1/**');
  await told.waitFor({ state: 'detached', timeout: 20_000 });
  await context.close();
});

test('a fault in the settings is shown with its line, and cannot be put in force', async () => {
  const { page, context } = await running.open('admin', { path: '/settings' });
  const file = page.getByLabel('settings.yaml');
  await file.click();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.insertText('globalHoldout: 7\n');
  await page.locator('.cm-lint-marker-error').first().waitFor();
  await page.keyboard.press('ControlOrMeta+End');
  await page
    .getByRole('button', { name: /^Line \d+/ })
    .first()
    .click();
  await page.keyboard.insertText('# here: ');
  await file.getByText('# here:').waitFor();
  expect(await page.getByRole('button', { name: 'Put in force' }).isDisabled()).toBe(true);
  await context.close();
});

test('of two people who change the settings the second is told, and nothing of theirs is lost', async () => {
  const { page, context } = await running.open('admin', { path: '/settings' });
  const file = page.getByLabel('settings.yaml');
  await typeAfterFirstLine(page, ' and mine');
  await page.getByText('No faults').waitFor();
  const theirs = JSON.stringify({
    ...(await db('settings').orderBy('version', 'desc').first('value'))?.value,
    globalHoldout: 0.05,
  });
  await db('settings').insert({ version: 2, value: theirs, actor: 'console:other' });
  await page.getByRole('button', { name: 'Put in force' }).click();
  await page.getByRole('button', { name: 'Yes, go on' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByText('Somebody else changed the settings meanwhile').waitFor();
  expect(await textOf(file)).toContain(' and mine');
  await page.getByRole('button', { name: 'Keep mine' }).click();
  await page.getByRole('button', { name: 'Put in force' }).click();
  await page.getByRole('button', { name: 'Yes, go on' }).click();
  await page.getByText('Version 3, by console:admin').waitFor();
  await context.close();
});

/** What of the navigation a role must not see. */
const HIDDEN: Record<Role, readonly string[]> = {
  viewer: ['People and keys'],
  marketer: ['People and keys'],
  operator: ['People and keys'],
  admin: [],
};

test.each(ROLES)('%s sees the screens and buttons of the role', async (role) => {
  const { page, context, complaints } = await running.open(role);
  const navigation = page.getByRole('navigation');
  await navigation.getByRole('link', { name: 'Home' }).waitFor();
  for (const name of HIDDEN[role]) expect(await navigation.getByRole('link', { name }).count()).toBe(0);
  await page.getByText('Nothing waits for a decision.').waitFor();
  const stops = await page.getByRole('button', { name: 'Stop all sending' }).count();
  expect(stops).toBe(['operator', 'admin'].includes(role) ? 1 : 0);
  await page.goto(`${running.api.url}/people`);
  await page
    .getByRole('heading', { name: role === 'admin' ? 'People and keys' : 'This page needs the role admin' })
    .waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

test('an operator stops all sending with a reason, and lets it go on', async () => {
  const { page, context } = await running.open('operator');
  await page.getByRole('button', { name: 'Stop all sending' }).click();
  const confirm = page.getByRole('button', { name: 'Stop everything' });
  expect(await confirm.isDisabled()).toBe(true);
  await page.getByRole('textbox').fill('wrong coupon in the mail');
  await confirm.dblclick();
  await page.getByText('All campaigns are stopped.').waitFor();
  expect(await db('kill_switches').select('reason', 'engaged_by')).toEqual([
    { reason: 'wrong coupon in the mail', engaged_by: 'console:operator' },
  ]);
  await page.getByRole('button', { name: 'Let sending go on' }).click();
  await page.getByRole('textbox').fill('coupon mended');
  await page.getByRole('dialog').getByRole('button', { name: 'Let sending go on' }).click();
  await page.getByText('All campaigns are stopped.').waitFor({ state: 'detached' });
  await context.close();
});

test('an admin invites somebody, who makes an account on a phone in Chinese', async () => {
  const { page, context } = await running.open('admin', { path: '/people' });
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  await page.getByRole('button', { name: 'Make a link' }).click();
  const link = (await page.locator('code').first().textContent()) ?? '';
  const guest = await running.openOutside({ path: new URL(link).pathname, locale: 'zh-CN', width: 375 });
  await guest.page.getByLabel('选择登录名').fill('lin');
  await guest.page.getByLabel('您的姓名').fill('林');
  await guest.page.getByLabel(/^新密码/).fill(PASSWORD);
  await guest.page.getByLabel(/^再次输入密码/).fill(PASSWORD);
  await guest.page.getByRole('button', { name: '进入控制台' }).click();
  await guest.page.getByRole('heading', { name: '今天' }).waitFor();
  expect(guest.complaints).toEqual([]);
  await guest.context.close();
  await context.close();
});

test('language, appearance and zone are chosen in the menu, and stay', async () => {
  const { page, context } = await running.open('viewer', { path: '/status' });
  await page.getByRole('button', { name: 'Account of The viewer' }).click();
  await page.getByText('Dark', { exact: true }).click();
  await page.getByText('简体中文').click();
  await page.getByRole('heading', { name: '系统状态' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: '系统状态' }).waitFor();
  expect(await page.locator('html').getAttribute('data-mantine-color-scheme')).toBe('dark');
  expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
  await context.close();
});

test('a key of the API is shown once and can be revoked', async () => {
  const { page, context } = await running.open('admin', { path: '/people' });
  await page.getByRole('button', { name: 'Make a key' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/Name of the key/).fill('warehouse');
  await dialog.getByRole('button', { name: 'Make a key' }).click();
  expect(
    await page
      .getByText(/^rw_\w{20}/)
      .first()
      .textContent(),
  ).toMatch(/^rw_/);
  await page.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('revoked', { exact: true }).waitFor();
  await context.close();
});

const SCREENS = ['/', '/status', '/settings', '/people', '/account'];

test.each([
  { scheme: 'light', locale: 'en', width: 1280 },
  { scheme: 'dark', locale: 'zh-CN', width: 375 },
] as const)('axe finds nothing in $scheme, $locale, $width wide', async (visit) => {
  await engageKill({ db, campaignId: undefined, reason: 'a look', actor: 'test' });
  const outside = await running.openOutside(visit);
  await outside.page.getByRole('button', { name: /Log in|登录/ }).waitFor();
  expect(await violations(outside.page)).toEqual([]);
  await outside.context.close();
  const { page, context, complaints } = await running.open('admin', visit);
  for (const path of SCREENS) {
    await page.goto(`${running.api.url}${path}`);
    await page.locator('h1').waitFor();
    await page.waitForLoadState('networkidle');
    expect({ path, found: await violations(page) }).toEqual({ path, found: [] });
    const wide = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect({ path, wide }).toEqual({ path, wide: 0 });
  }
  expect(complaints).toEqual([]);
  await context.close();
});
