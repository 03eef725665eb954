import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { saveDraft } from '../../../src/app/drafts/save-draft.ts';
import { findDraft } from '../../../src/db/queries/drafts.ts';
import { loadVersion } from '../../../src/db/queries/campaigns.ts';
import { violations } from '../../support/console/axe.ts';
import { faultsOf } from '../../support/console/look-over.ts';
import { PASSWORD, startConsole, type RunningConsole } from '../../support/console/open-console.ts';
import { freshDatabase } from '../../support/database.ts';
import { aPublishedCampaign } from '../../support/published-campaign.ts';
import { aUser, aWarning } from '../../support/world-people.ts';

const { db } = await freshDatabase();
let running: RunningConsole;
beforeAll(async () => {
  for (let number = 0; number < 12; number += 1) {
    const userNo = await aUser(db, { userId: `user-${number}` });
    await aWarning(db, { userNo, score: 0.3 + (number % 7) / 10, raisedAt: new Date(Date.now() - 86_400_000) });
  }
  await aPublishedCampaign(db, { campaignId: 'spring', playbook: null });
  running = await startConsole(db);
}, 180_000);
afterAll(() => running?.close());

async function typeAtTop(page: Page, text: string): Promise<void> {
  await page.getByLabel('Text of campaign.yaml').click();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.insertText(text);
}

const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true });
const draft = () => findDraft(db, 'spring');

test('an error is shown at its line and in the list as one types, and a change is saved', async () => {
  const { page, complaints } = await running.open('marketer', { path: '/campaigns/spring?tab=edit' });
  await typeAtTop(page, 'nonsense: 1\n');
  const place = page.getByRole('button', { name: 'campaign.yaml, line 1', exact: true });
  await place.waitFor();
  await page.locator('.cm-lint-marker-error').waitFor();
  await page.keyboard.press('ControlOrMeta+z');
  await place.waitFor({ state: 'hidden' });
  await typeAtTop(page, '# tuned in spring\n');
  await save(page).click();
  await page.getByText('All saved').waitFor();
  expect(await draft()).toMatchObject({ editor: 'console:marketer', errors: 0 });
  expect((await draft())?.source).toMatch(/^# tuned in spring\n/);
  expect(complaints).toEqual([]);
}, 60_000);

test('the form changes the same text, and its comments stay', async () => {
  const { page } = await running.open('marketer', { path: '/campaigns/spring?tab=edit' });
  await page.getByText('Form', { exact: true }).click();
  await page.getByLabel('Holdout').fill('0.25');
  await page.getByText('Not saved').waitFor();
  await save(page).click();
  await page.getByText('All saved').waitFor();
  expect((await draft())?.source).toContain('\nholdout: 0.25\n');
  expect((await draft())?.source).toContain('# Whom to reach, with what');
}, 60_000);

test('who saves second sees the other one’s change and keeps what was typed', async () => {
  const { page } = await running.open('marketer', { path: '/campaigns/spring?tab=edit' });
  await typeAtTop(page, '# mine\n');
  const there = await draft();
  if (!there) throw new Error('no draft');
  const texts = { source: `# theirs\n${there.source}`, files: there.files };
  const other = { campaignId: 'spring', revision: there.revision, editor: 'console:admin', now: new Date() };
  await saveDraft({ db, texts, ...other });
  await save(page).click();
  const alert = page.getByRole('alert').filter({ hasText: 'Somebody changed this meanwhile' });
  await alert.getByText('console:admin').waitFor();
  expect(await alert.locator('del').allTextContents()).toContain('− # theirs\n');
  expect(await alert.locator('ins').allTextContents()).toContain('+ # mine\n');
  expect((await draft())?.source).toMatch(/^# theirs/);
  await page.reload();
  await alert.getByText('console:admin').waitFor();
  await alert.getByRole('button', { name: 'Go on with mine, over theirs' }).click();
  await save(page).click();
  await page.getByText('All saved').waitFor();
  expect((await draft())?.source).toMatch(/^# mine\n/);
}, 60_000);

test('a session that ends in the middle of an edit asks for the password, and the text is saved', async () => {
  const { page, context } = await running.open('marketer', { path: '/campaigns/spring?tab=edit' });
  await page.getByLabel('Text of campaign.yaml').waitFor();
  await context.clearCookies();
  await typeAtTop(page, '# long thought\n');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^Password/).fill(PASSWORD);
  await dialog.getByRole('button', { name: 'Log in' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await save(page).click();
  await page.getByText('All saved').waitFor();
  expect((await draft())?.source).toMatch(/^# long thought\n/);
}, 60_000);

test('the editor cannot approve; another person approves for a largest wave and publishes', async () => {
  const own = await running.open('marketer', { path: '/campaigns/spring?tab=approval' });
  await own.page.getByText('Somebody else has to approve it').waitFor();
  expect(await own.page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
  const { page, complaints } = await running.open('operator', { path: '/campaigns/spring?tab=plan' });
  await page.getByText('holdout: from 0.1 to 0.25').waitFor();
  await page.getByRole('tab', { name: 'Approval' }).click();
  await page.getByLabel('Largest wave').fill('300');
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
  await page.getByText('spring, version 2').waitFor();
  const current = await loadVersion(db, { campaignId: 'spring' });
  expect(current).toMatchObject({ version: 2, campaign: { holdout: 0.25 } });
  expect(await draft()).toBeUndefined();
  await page.getByRole('tab', { name: 'Versions' }).click();
  await page.getByRole('link', { name: 'with version 1' }).click();
  await page.getByText('holdout: from 0.1 to 0.25').waitFor();
  expect(complaints).toEqual([]);
}, 60_000);

test('a mail is shown as a chosen user gets it, in a frame that runs nothing', async () => {
  const { page, complaints } = await running.open('viewer', { path: '/campaigns/spring?tab=contents' });
  await page.getByLabel('As this user would get it').fill('user-3');
  await page.getByRole('button', { name: 'Show' }).click();
  const frame = page.locator('iframe[title="The mail"]');
  expect(await frame.getAttribute('sandbox')).toBe('');
  await frame.contentFrame().getByText('Is there anything that we can do better?').waitFor();
  await page.getByLabel('As this user would get it').fill('nobody-knows');
  await page.getByRole('button', { name: 'Show' }).click();
  await page.getByRole('alert').getByText('nobody-knows').first().waitFor();
  expect(complaints.filter((line) => !line.includes('404'))).toEqual([]);
}, 60_000);

test('pausing and resuming ask why and keep the reason; a viewer has no such button', async () => {
  const seen = await running.open('viewer', { path: '/campaigns/spring' });
  await seen.page.getByRole('heading', { name: 'Audience now' }).waitFor();
  expect(await seen.page.getByRole('button', { name: 'Pause' }).count()).toBe(0);
  expect(await seen.page.getByRole('tab', { name: 'Edit' }).count()).toBe(0);
  const { page } = await running.open('operator', { path: '/campaigns/spring' });
  await page.getByRole('button', { name: 'Pause' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why').fill('a typo in the mail');
  await dialog.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Resume' }).waitFor();
  expect(await db('campaigns').where({ campaign_id: 'spring' }).first()).toMatchObject({ state: 'paused' });
  await page.getByRole('button', { name: 'Resume' }).click();
  await dialog.getByLabel('Why').fill('the typo is gone');
  await dialog.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  expect(await db('campaigns').where({ campaign_id: 'spring' }).first()).toMatchObject({ state: 'active' });
}, 60_000);

test.each([
  ['en', 'light', 1280],
  ['zh-CN', 'dark', 1280],
  ['zh-CN', 'light', 375],
] as const)(
  'in %s, %s, at %i px every tab passes axe and fits',
  async (locale, scheme, width) => {
    for (const tab of ['overview', 'contents', 'edit', 'plan', 'approval', 'test', 'versions']) {
      const path = `/campaigns/spring?tab=${tab}`;
      const { page, context } = await running.open('operator', { path, locale, scheme, width });
      await page.getByRole('tabpanel').first().waitFor();
      await page.locator('.mantine-Loader-root, .mantine-Skeleton-root').first().waitFor({ state: 'detached' });
      expect({ tab, found: await violations(page) }).toEqual({ tab, found: [] });
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      await context.close();
    }
  },
  180_000,
);

test('a number of the audience opens exactly its users, and back; the schedule is run by operators only', async () => {
  const { page, context, complaints } = await running.open('operator', { path: '/campaigns/spring' });
  const audience = page.getByRole('region', { name: 'Audience' });
  await audience.getByRole('link', { name: '12', exact: true }).first().click();
  await page.getByRole('heading', { name: 'Audience of spring' }).waitFor();
  await page.getByText('12 rows', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'user-3', exact: true }).waitFor();
  await page.getByRole('link', { name: 'Back to the campaign' }).click();
  await page.getByRole('button', { name: 'Make up past dates' }).click();
  expect(await page.getByRole('dialog').getByRole('button', { name: 'Make up past dates' }).isDisabled()).toBe(true);
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  expect(complaints).toEqual([]);
  await context.close();
  const marketer = await running.open('marketer', { path: '/campaigns/spring' });
  await marketer.page.getByRole('region', { name: 'Audience' }).getByRole('link', { name: '12' }).first().waitFor();
  expect(await marketer.page.getByRole('button', { name: 'Run the schedule now' }).count()).toBe(0);
  await marketer.context.close();
  expect(await faultsOf(running, { role: 'viewer', path: '/campaigns/spring/audience' })).toEqual([]);
}, 120_000);
