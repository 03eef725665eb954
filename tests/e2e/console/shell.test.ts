import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../../support/database.ts';
import { startConsole, PASSWORD, type RunningConsole } from '../../support/console/open-console.ts';

const { db } = await freshDatabase();
let running: RunningConsole;
beforeAll(async () => {
  running = await startConsole(db);
});
afterAll(() => running.close());

test('logs in at the address that was asked for', async () => {
  const { page, complaints } = await running.openOutside();
  await page.getByLabel('Login').fill('viewer');
  await page.getByLabel(/^Password/).fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('heading', { name: 'Today' }).waitFor().catch((e) => { console.log(complaints); return page.screenshot({ path: '/tmp/c1-home.png' }).then(() => { throw e; }); });
  await page.screenshot({ path: '/tmp/c1-home.png' });
  expect(complaints).toEqual([]);
});
