import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultsOf } from '../../support/console/look-over.ts';
import { startConsole, type RunningConsole } from '../../support/console/open-console.ts';
import { freshDatabase } from '../../support/database.ts';
import { aFullWave, aSendableCampaign } from '../../support/sendable-wave.ts';
import { aUser } from '../../support/world.ts';

const { db } = await freshDatabase();
let running: RunningConsole;

beforeAll(async () => {
  running = await startConsole(db);
});
afterAll(() => running.close());

test('without texts the library says where they come from', async () => {
  const { page, context } = await running.open('marketer', { path: '/templates' });
  await page.getByRole('link', { name: 'To the campaigns' }).waitFor();
  await context.close();
  await aSendableCampaign(
    db,
    {},
    {
      email: {
        en: {
          subject: "Come back, {{default user.name 'friend'}}",
          html: "<p>Hello {{default user.name 'friend'}}</p>",
          text: "Hello {{default user.name 'friend'}}",
        },
      },
    },
  );
  const { messageNos } = await aFullWave(db, { campaignId: 'winback', users: 10 });
  await db('messages')
    .whereIn('message_no', messageNos)
    .update({ state: 'ACCEPTED', submitted_at: db.fn.now(), accepted_at: db.fn.now() });
  const reader = await db('messages').where({ message_no: messageNos[0] }).first('user_no');
  await db('events').insert(
    ['visit', 'unsubscribe'].map((type) => ({
      event_id: type,
      user_id: 'x',
      user_no: reader.user_no,
      type,
      occurred_at: db.fn.now(),
      actor: 'test',
    })),
  );
  await aUser(db, { userId: 'anna', attributes: { name: 'Anna' } });
});

test('a text is found by channel and language with what its receivers did, and rendered as a chosen user gets it', async () => {
  const { page, context, complaints } = await running.open('marketer', { path: '/templates?channel=sms' });
  await page.getByText('No text fits these filters').waitFor();
  await page.getByRole('link', { name: 'Clear the filters' }).click();
  const row = page.getByRole('row').filter({ hasText: 'Step 1' });
  await row.getByRole('cell', { name: /^10%/ }).first().waitFor();
  await page.getByRole('combobox', { name: 'Language' }).click();
  await page.getByRole('option', { name: 'en' }).click();
  await row.getByRole('link').click();
  const written = page.getByRole('region', { name: 'As it is written' });
  await written.getByText("Hello {{default user.name 'friend'}}").waitFor();
  await written.getByText('user.name', { exact: true }).waitFor();
  await page.getByLabel('As the user').fill('anna');
  await page.getByRole('button', { name: 'Show' }).click();
  await page.getByRole('heading', { name: 'Come back, Anna' }).waitFor();
  await page.frameLocator('iframe.mail').getByText('Hello Anna').waitFor();
  expect(await page.locator('iframe.mail').getAttribute('sandbox')).toBe('');
  expect(page.url()).toContain('user=anna');
  await page.getByLabel('As the user').fill('nobody-of-this-name');
  await page.getByRole('button', { name: 'Show' }).click();
  await page.getByText('there is no user "nobody-of-this-name"').waitFor();
  await page.getByRole('link', { name: 'Edit in the campaign' }).click();
  await page.getByRole('tab', { name: 'Edit', selected: true }).waitFor();
  expect(complaints.filter((line) => !line.includes('404'))).toEqual([]);
  await context.close();
});

const ONE = '/templates/winback?version=1&action=offer&arm=mail&step=1&channel=email&locale=en';

test.each(['/templates', ONE])('%s is sound in English and in Chinese on a phone', async (path) => {
  expect(await faultsOf(running, { role: 'viewer', path })).toEqual([]);
});
