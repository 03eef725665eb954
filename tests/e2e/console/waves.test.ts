import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startConsole, type RunningConsole } from '../../support/console/open-console.ts';
import { faultsOf } from '../../support/console/look-over.ts';
import { freshDatabase } from '../../support/database.ts';
import {
  aCampaign,
  aContactedUser,
  aUser,
  aWarning,
  aWave,
  aWay,
  anEntry,
  hoursAfter,
  NOON,
} from '../../support/world.ts';

const { db } = await freshDatabase();
let running: RunningConsole;
let waveNo = 0;

/** Wave of nine: one accepted, one failed, two unknown, one on its way, three stopped by caps, one held out. */
async function nineUsers(): Promise<void> {
  await aCampaign(db);
  waveNo = await aWave(db, { audience: 9 });
  const anna = await aContactedUser(db, { waveNo, state: 'ACCEPTED', user: { userId: 'anna' } });
  await db('events').insert({
    event_id: 'back',
    user_id: 'anna',
    user_no: anna.userNo,
    type: 'visit',
    occurred_at: hoursAfter(NOON, 0.5),
    actor: 'test',
  });
  await aContactedUser(db, { waveNo, state: 'PLANNED' });
  await aContactedUser(db, { waveNo, state: 'UNKNOWN', stateReason: 'timeout', user: { userId: 'ulla' } });
  await aContactedUser(db, { waveNo, state: 'UNKNOWN', stateReason: 'timeout' });
  const failed = await aContactedUser(db, { waveNo, state: 'FAILED', stateReason: 'mailbox_gone', channel: 'sms' });
  const evidence = '550 no such mailbox';
  await db('attempts').insert({
    message_no: failed.messageNo,
    fence: 1,
    result: 'failed',
    class: 'permanent',
    evidence,
  });
  for (const reason of ['cap:any-day', 'cap:any-day', 'min_gap']) {
    const userNo = await aUser(db);
    const warningNo = await aWarning(db, { userNo });
    const entryNo = await anEntry(db, { userNo, warningNo, waveNo });
    await aWay(db, { waveNo, userNo, warningNo, entryNo, disposition: 'blocked', rung: 'caps', reason });
  }
  const userNo = await aUser(db);
  const warningNo = await aWarning(db, { userNo });
  const entryNo = await anEntry(db, { userNo, warningNo, waveNo, assignment: 'holdout' });
  await aWay(db, { waveNo, userNo, warningNo, entryNo, disposition: 'held_out', reason: 'holdout' });
}

beforeAll(async () => {
  running = await startConsole(db, { now: () => hoursAfter(NOON, 1) });
});
afterAll(() => running.close());

/** Fills the reason of the open dialog and confirms. */
async function confirm(page: Page, button: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why').fill('a look at the bounces');
  await dialog.getByRole('button', { name: button, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

test('without waves the list says what to do next, also in Chinese and on a phone', async () => {
  const { page, context } = await running.open('marketer', { path: '/waves' });
  await page.getByRole('heading', { name: 'No waves yet' }).waitFor();
  await page.getByRole('link', { name: 'Rehearse a wave' }).first().click();
  await page.getByRole('heading', { name: 'Rehearsal' }).waitFor();
  await context.close();
  expect(await faultsOf(running, { role: 'marketer', path: '/waves' })).toEqual([]);
  await nineUsers();
});

test('from the list to a wave, and from a number of its waterfall to the users behind it', async () => {
  const { page, context, complaints } = await running.open('viewer', { path: '/waves' });
  await page.getByRole('link', { name: `Wave ${waveNo}` }).click();
  await page.getByRole('heading', { name: new RegExp(`Wave ${waveNo} · winback`) }).waitFor();
  const caps = page.getByRole('listitem').filter({ hasText: 'Within the caps' });
  await expectText(caps, '3 stop here');
  await expectText(caps, 'a cap is full (any-day): 2');
  await caps.getByRole('link', { name: '2', exact: true }).click();
  await page.getByRole('heading', { name: `Users of wave ${waveNo}` }).waitFor();
  await page.getByText('2 rows').waitFor();
  expect(await page.getByRole('button', { name: 'Pause' }).count()).toBe(0);
  expect(complaints).toEqual([]);
  await context.close();
});

test('arms, returns and what was not sent open exactly the rows behind them', async () => {
  const { page, context, complaints } = await running.open('viewer', { path: `/waves/${waveNo}` });
  const returned = page.getByRole('listitem').filter({ hasText: 'Returned so far' });
  await returned.getByRole('link', { name: '1', exact: true }).first().click();
  await page.getByText('came back within the window').waitFor();
  await page.getByRole('row', { name: /anna/ }).waitFor();
  await page.getByText('1 row', { exact: true }).waitFor();
  await page.goBack();
  const arms = page.getByRole('region', { name: 'Arms' });
  await arms.getByRole('link', { name: '3', exact: true }).click();
  await page.getByText('assigned to an arm').waitFor();
  await page.getByText('3 rows', { exact: true }).waitFor();
  await page.goBack();
  await page.getByRole('link', { name: '1 failed' }).click();
  await page.getByText('550 no such mailbox').waitFor();
  await page.getByText('1 row', { exact: true }).waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

async function expectText(locator: Locator, text: string): Promise<void> {
  await locator.getByText(text).first().waitFor();
}

test('an operator pauses and resumes a wave with a reason, and the page follows without a reload', async () => {
  const { page, context } = await running.open('operator', { path: `/waves/${waveNo}` });
  await page.getByText('Live', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Pause' }).click();
  expect(await page.getByRole('dialog').getByRole('button', { name: 'Pause', exact: true }).isDisabled()).toBe(true);
  await confirm(page, 'Pause');
  await page.getByText('Paused', { exact: true }).waitFor();
  await page.getByRole('cell', { name: 'a look at the bounces' }).waitFor();
  await page.reload();
  await page.getByText('Paused', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Resume' }).click();
  await confirm(page, 'Resume');
  await page.getByText('Sending', { exact: true }).first().waitFor();
  const lines = await db('audit_log')
    .where({ subject: `wave/${waveNo}` })
    .orderBy('audit_no')
    .select('action', 'actor');
  expect(lines).toEqual([
    { action: 'wave.pause', actor: 'console:operator' },
    { action: 'wave.resume', actor: 'console:operator' },
  ]);
  await context.close();
});

test('what somebody else does to a wave is seen on an open page', async () => {
  const { page, context } = await running.open('viewer', { path: `/waves/${waveNo}` });
  await page.getByText('Live', { exact: true }).waitFor();
  await page.getByText('1 of 4 sent').waitFor();
  await db('messages').where({ wave_no: waveNo, state: 'PLANNED' }).update({ state: 'ACCEPTED' });
  await page.getByText('2 of 4 sent').waitFor();
  await context.close();
});

test('an unknown message is settled from its evidence', async () => {
  const { page, context } = await running.open('operator', { path: `/waves/${waveNo}/messages?state=UNKNOWN` });
  const row = page.getByRole('row').filter({ hasText: 'ulla' });
  await row.getByRole('button', { name: 'Settle' }).click();
  await page.getByLabel('It was sent: cap, coupon and cost stay used').check();
  await confirm(page, 'Settle');
  await row.waitFor({ state: 'detached' });
  expect(
    await db('messages').where({ wave_no: waveNo }).whereIn('state', ['UNKNOWN', 'ASSUMED_SENT']).pluck('state'),
  ).toEqual(expect.arrayContaining(['UNKNOWN', 'ASSUMED_SENT']));
  await context.close();
});

test('a rehearsal says that nobody would be contacted where no warning is valid', async () => {
  const { page, context } = await running.open('marketer', { path: '/waves/rehearsal?campaign=winback' });
  await page.getByRole('button', { name: 'Rehearse' }).click();
  await page.getByRole('heading', { name: 'By action, arm and channel' }).waitFor();
  expect(await page.getByRole('button', { name: /Run today/ }).count()).toBe(0);
  await context.close();
});

test('every screen of a wave pleases axe, fits a phone and is there in both languages', async () => {
  const here = `/waves/${waveNo}`;
  for (const path of ['/waves', here, `${here}/users`, `${here}/messages`, `${here}/proof`, '/waves/rehearsal']) {
    expect({ path, faults: await faultsOf(running, { role: 'operator', path }) }).toEqual({ path, faults: [] });
  }
}, 180_000);

test('a wave that does not exist is said with what to do', async () => {
  const { page, context } = await running.open('viewer', { path: '/waves/987654' });
  await page.getByText('there is no wave 987654').waitFor();
  await page.getByText('see the list of waves').waitFor();
  await context.close();
});
