import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordAudit } from '../../../src/db/queries/audit.ts';
import { faultsOf } from '../../support/console/look-over.ts';
import { startConsole, type RunningConsole } from '../../support/console/open-console.ts';
import { freshDatabase } from '../../support/database.ts';

const { db } = await freshDatabase();
let running: RunningConsole;
let answer = 200;
const receiver = createServer((request, response) => {
  request.resume().on('end', () => response.writeHead(answer).end());
});
const address = (): string => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;

beforeAll(async () => {
  await new Promise<void>((resolve) => void receiver.listen(0, '127.0.0.1', resolve));
  running = await startConsole(db);
});
afterAll(async () => {
  receiver.close();
  await running.close();
});

test('an admin adds a webhook, sees its secret once, tests, pauses and removes it', async () => {
  const { page, context, complaints } = await running.open('admin', { path: '/webhooks' });
  await page.getByRole('heading', { name: 'There is no webhook yet' }).waitFor();
  await page.getByRole('button', { name: 'Add a webhook' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Address').fill(address());
  await dialog.getByLabel('a task was claimed').uncheck();
  await dialog.getByRole('button', { name: 'Add a webhook' }).click();
  await page.getByText(/^whsec_/).waitFor();
  await page.getByRole('link', { name: address() }).click();
  await page.getByText('task.created, task.done, task.dropped').waitFor();
  await page.getByRole('button', { name: 'Send a test' }).click();
  await page.getByText('The receiver took it').waitFor();
  answer = 500;
  await page.getByRole('button', { name: 'Send a test' }).click();
  await page.getByText('answered 500').waitFor();
  expect(await page.getByText(/^whsec_/).count()).toBe(0);
  await page.getByRole('button', { name: 'Pause' }).click();
  await dialog.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByRole('button', { name: 'Resume' }).waitFor();
  expect(await db('webhooks').first('paused_at')).toEqual({ paused_at: expect.any(Date) });
  await page.getByRole('button', { name: 'Remove' }).click();
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByText('removed', { exact: true }).waitFor();
  expect(await page.getByRole('button', { name: 'Send a test' }).count()).toBe(0);
  expect(complaints).toEqual([]);
  await context.close();
});

test('the audit log is narrowed to days and saved as CSV as it is narrowed', async () => {
  for (const subject of ['one', '=two']) await recordAudit(db, { actor: 'cli:ann', action: 'test.note', subject });
  const { page, context } = await running.open('operator', { path: '/audit?actor=cli:ann' });
  await page
    .getByRole('row', { name: /test\.note/ })
    .first()
    .waitFor();
  await page.getByLabel('Up to and including').fill('2020-01-01');
  await page.getByText('There is no such line').waitFor();
  await page.getByLabel('Up to and including').fill('');
  await page.getByLabel('From').fill('2020-01-01');
  await page
    .getByRole('row', { name: /test\.note/ })
    .first()
    .waitFor();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save as CSV' }).click(),
  ]);
  const text = await readFile(await saved.path(), 'utf8');
  expect(saved.suggestedFilename()).toBe('audit.csv');
  expect(text.trim().split('\r\n')).toHaveLength(3);
  expect(text).toContain(",'=two,");
  await page.getByText('2 rows are saved').waitFor();
  await context.close();
});

test('an operator sets the speed of a provider, and lets one that was stopped send again', async () => {
  await db('provider_throttles').insert({
    provider: 'twilio',
    stopped_at: db.fn.now(),
    stopped_why: 'wrong credentials',
  });
  const { page, context } = await running.open('operator', { path: '/status' });
  const row = page.getByRole('row').filter({ hasText: 'twilio' });
  await row.getByText('stopped: wrong credentials').waitFor();
  await page.getByRole('button', { name: 'Set the speed: SMS' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Messages per second').fill('12.5');
  await dialog.getByRole('button', { name: 'Set the speed' }).click();
  await row.getByText('12.5 per second').waitFor();
  await row.getByRole('button', { name: 'Let it send again' }).click();
  await dialog.getByLabel('Why').fill('the key was renewed');
  await dialog.getByRole('button', { name: 'Let it send again' }).click();
  await row.getByText('sends', { exact: true }).waitFor();
  expect(await db('audit_log').where('action', 'like', 'throttle.%').orderBy('audit_no').pluck('action')).toEqual([
    'throttle.set',
    'throttle.resume',
  ]);
  await context.close();
});

test('who only looks sees the speeds and no buttons, and no webhooks', async () => {
  const { page, context } = await running.open('viewer', { path: '/status' });
  await page.getByText('12.5 per second').waitFor();
  expect(await page.getByRole('button', { name: /Set the speed/ }).count()).toBe(0);
  expect(await page.getByRole('link', { name: 'Webhooks' }).count()).toBe(0);
  await context.close();
});

test('without users the list points to the imports', async () => {
  const { page, context } = await running.open('operator', { path: '/users' });
  await page.getByRole('link', { name: 'Import users' }).click();
  await page.getByRole('heading', { name: 'Imports' }).waitFor();
  await context.close();
});

test.each(['/webhooks', '/webhooks/1'])('%s is sound in English and in Chinese on a phone', async (path) => {
  expect(await faultsOf(running, { role: 'admin', path })).toEqual([]);
});
