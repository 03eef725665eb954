import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultsOf } from '../../support/console/look-over.ts';
import { startConsole, type RunningConsole } from '../../support/console/open-console.ts';
import { freshDatabase } from '../../support/database.ts';
import { aCampaign, aContactedUser, aWave } from '../../support/world.ts';

const { db } = await freshDatabase();
let running: RunningConsole;

beforeAll(async () => {
  running = await startConsole(db);
  await aCampaign(db);
  const waveNo = await aWave(db);
  const { userNo, messageNo } = await aContactedUser(db, { waveNo, channel: 'task', state: 'ACCEPTED' });
  await db('tasks').insert({
    message_no: messageNo,
    user_no: userNo,
    campaign_id: 'winback',
    kind: 'account_manager',
    title: 'Call them',
    body: 'Ask why they stopped',
  });
});
afterAll(() => running.close());

test('an operator claims a task, does it with a note, and the audit log says who it was', async () => {
  const { page, context, complaints } = await running.open('operator', { path: '/tasks' });
  await page.getByRole('button', { name: 'Claim: Call them' }).click();
  await page.getByRole('cell', { name: 'operator', exact: true }).waitFor();
  await page.getByRole('link', { name: 'Call them' }).click();
  await page.getByText('Ask why they stopped').waitFor();
  await page.getByRole('button', { name: 'Done', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Note').fill('comes back in May');
  await dialog.getByRole('button', { name: 'Done', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('comes back in May').waitFor();
  await page.getByRole('button', { name: 'Drop' }).waitFor({ state: 'hidden' });
  expect(await db('tasks').first('state', 'note', 'closed_by')).toEqual({
    state: 'done',
    note: 'comes back in May',
    closed_by: 'console:operator',
  });
  await page.getByRole('link', { name: 'Who did what with this task' }).click();
  await page.getByRole('row', { name: /console:operator task\.done task\/1/ }).waitFor();
  await page.getByRole('row', { name: /console:operator task\.claimed task\/1 assignee: operator/ }).waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

test('the audit log is searched, and its chain is verified', async () => {
  const { page, context } = await running.open('operator', { path: '/audit' });
  await page.getByLabel('Action').fill('nothing.');
  await page.getByRole('link', { name: 'Show all lines' }).click();
  await page.getByRole('row', { name: /task\.done/ }).waitFor();
  await page.getByRole('button', { name: 'Verify the chain' }).click();
  await page.getByText('The log is whole').waitFor();
  await context.close();
});

test('who only looks sees the tasks and the log, and neither buttons nor details', async () => {
  const { page, context } = await running.open('viewer', { path: '/tasks?state=done' });
  await page.getByRole('link', { name: 'Call them' }).click();
  await page.getByText('Ask why they stopped').waitFor();
  expect(await page.getByRole('button', { name: 'Write a note' }).count()).toBe(0);
  await page.getByRole('link', { name: 'Who did what with this task' }).click();
  await page.getByText('for operators and admins').first().waitFor();
  expect(await page.getByRole('button', { name: 'Verify the chain' }).count()).toBe(0);
  await context.close();
});

test.each(['/tasks', '/tasks/1', '/audit', '/imports'])(
  '%s is sound in English and in Chinese on a phone',
  async (path) => {
    expect(await faultsOf(running, { role: 'operator', path })).toEqual([]);
  },
);

test('a file is known by its name; a wrong kind is a problem in words, the right one a report with its rejects', async () => {
  const { page, context } = await running.open('operator', { path: '/imports' });
  const upload = page.getByRole('region', { name: 'Import a file' });
  const kind = upload.getByRole('combobox', { name: 'It holds' });
  await page.locator('input[type=file]').setInputFiles({
    name: 'churn-warnings.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('user_id,email\nnew-1,one@example.com\nnew-2,not an address\n'),
  });
  expect(await kind.inputValue()).toBe('Warnings');
  await upload.getByRole('button', { name: 'Import', exact: true }).click();
  await upload.getByRole('alert').filter({ hasText: 'That did not work' }).waitFor();
  expect(await db('users').where('user_id', 'new-1')).toEqual([]);
  await kind.click();
  await page.getByRole('option', { name: 'Users' }).click();
  await upload.getByRole('button', { name: 'Import', exact: true }).click();
  await upload.getByText('some rows were not taken').waitFor();
  const rejects = await upload.getByRole('link', { name: /Rejected rows/ }).getAttribute('href');
  expect(await (await context.request.get(`${running.api.url}${rejects}`)).text()).toContain('not an address');
  await page.getByRole('row', { name: /Users churn-warnings\.csv console:operator/ }).waitFor();
  await context.close();
});
