import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startApi } from '../../../src/api/server.ts';
import { approveDraft } from '../../../src/app/drafts/approve-draft.ts';
import { publishDraft } from '../../../src/app/drafts/publish-draft.ts';
import { readConfig } from '../../../src/config/read-config.ts';
import { findDraft } from '../../../src/db/queries/drafts.ts';
import { CONSOLE_FOLDER } from '../../../src/worker/console-build.ts';
import { startConsole, type RunningConsole } from '../../support/console/open-console.ts';
import { freshDatabase } from '../../support/database.ts';
import { aPublishedCampaign } from '../../support/published-campaign.ts';

/** Bytes pasted: five times what a campaign may have. */
const FIVE_MB = 5 * 1024 * 1024;
const LINE = '# a line that says nothing at all, over and over again\n';

const { db } = await freshDatabase();
let running: RunningConsole;
beforeAll(async () => {
  await aPublishedCampaign(db, { campaignId: 'spring', playbook: null });
  running = await startConsole(db);
}, 180_000);
afterAll(() => running?.close());

const draft = () => findDraft(db, 'spring');
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true });

async function typeAtTop(page: Page, text: string): Promise<void> {
  await page.getByLabel('Text of campaign.yaml').click();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.insertText(text);
}

async function paste(page: Page, text: string): Promise<void> {
  const at = page.getByLabel('Text of campaign.yaml');
  await at.click();
  await at.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

test('a campaign of 5 MB is refused in words, while the page goes on answering', async () => {
  const { page, context } = await running.open('marketer', { path: '/campaigns/spring?tab=edit' });
  await paste(page, LINE.repeat(FIVE_MB / LINE.length));
  const told = page.getByRole('alert').filter({ hasText: 'larger than 1 MB' });
  await told.first().waitFor();
  const before = performance.now();
  await page.evaluate('0');
  expect(performance.now() - before).toBeLessThan(3_000);
  await save(page).click();
  await told.filter({ hasText: 'That did not work' }).waitFor();
  expect(await told.first().innerText()).toContain('is it the right file?');
  expect(await draft()).toBeUndefined();
  await context.close();
}, 60_000);

test('a draft that another published while one typed is told, and what was typed stays', async () => {
  const { page, context } = await running.open('marketer', { path: '/campaigns/spring?tab=edit' });
  await typeAtTop(page, '# begun\n');
  await save(page).click();
  await page.getByText('All saved').waitFor();
  await typeAtTop(page, '# more\n');
  const [hash, now] = [(await draft())?.hash ?? '', new Date()];
  await approveDraft({ db, campaignId: 'spring', hash, maxAudience: 500, approver: 'console:operator', now });
  expect(await publishDraft({ db, campaignId: 'spring', hash, actor: 'console:operator', now })).toMatchObject({
    kind: 'published',
  });
  await save(page).click();
  const alert = page.getByRole('alert').filter({ hasText: 'Somebody changed this meanwhile' });
  await alert.getByText('The draft was published or discarded').waitFor();
  expect(await alert.locator('ins').allTextContents()).toContain('+ # more\n');
  await alert.getByRole('button', { name: 'Go on with mine, over theirs' }).click();
  await save(page).click();
  await page.getByText('All saved').waitFor();
  expect((await draft())?.source).toMatch(/^# more\n# begun\n/);
  await context.close();
}, 60_000);

test('a list with a cursor of another list: the API says so, a page of the console begins again', async () => {
  const { page, context } = await running.open('operator', { path: '/audit?cursor=bm9uZQ.bm9uZQ' });
  await page
    .getByRole('row', { name: /draft\.saved/ })
    .first()
    .waitFor();
  const answer = await page.request.get(`${running.api.url}/v1/audit?cursor=bm9uZQ.bm9uZQ`);
  expect(answer.status()).toBe(400);
  expect(await answer.json()).toMatchObject({ code: 'cursor_foreign', fix: 'begin again without cursor' });
  await context.close();
});

test.each([
  ['a picture', 'users.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])],
  ['a broken archive', 'users.csv.gz', Buffer.from('not packed at all')],
  ['an empty file', 'users.csv', Buffer.alloc(0)],
  ['JSON lines that are none', 'events.jsonl', Buffer.from('{"event_id": 1,\nhello\n')],
])('%s instead of a file of users is refused or rejected in words', async (_what, name, buffer) => {
  const { page, context, complaints } = await running.open('operator', { path: '/imports' });
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  const upload = page.getByRole('region', { name: 'Import a file' });
  await upload.getByText(/That did not work|some rows were not taken/).waitFor();
  expect(complaints.filter((line) => /status of 5/.test(line))).toEqual([]);
  expect(await db('users').count({ users: '*' })).toEqual([{ users: 0 }]);
  await context.close();
});

test('a server that goes away is told; once it is back what was typed is saved, once', async () => {
  const { page, context } = await running.open('marketer', { path: '/campaigns/spring?tab=edit' });
  await typeAtTop(page, '# before it went\n');
  const saves = () => db('audit_log').where({ action: 'draft.saved' }).count({ lines: '*' });
  const before = await saves();
  await running.api.close();
  await save(page).click();
  const told = page.getByRole('alert').filter({ hasText: 'The server does not answer' });
  await told.first().waitFor();
  expect(await told.first().innerText()).toContain('Check the connection');
  const { port } = new URL(running.api.url);
  const config = readConfig({ RECALLWAVE_HOME: '/tmp/recallwave-console-test' });
  running.api = await startApi({ db, config, port: Number(port), host: '127.0.0.1', consoleFolder: CONSOLE_FOLDER });
  await save(page).click();
  await page.getByText('All saved').waitFor();
  await told.first().waitFor({ state: 'detached' });
  expect((await draft())?.source).toMatch(/^# before it went\n/);
  expect(Number((await saves())[0]?.lines)).toBe(Number(before[0]?.lines) + 1);
  await context.close();
}, 60_000);
