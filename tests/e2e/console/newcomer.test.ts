import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEMO_PASSWORD } from '../../../src/app/demo/demo-accounts.ts';
import { findChromium, launchChromium } from '../../support/chromium.ts';
import { openPage, PASSWORD, type OpenPage } from '../../support/console/open-console.ts';
import { openFolder, runCli, startCli, type RunningCli } from '../../support/recallwave.ts';

/** One path, in this order: what `npm start` prints, and where a newcomer goes from there. */
const cwd = await openFolder();
let start: RunningCli;
let browser: Browser;
let url = '';
/** The newcomer, who takes the one-time link and becomes the first admin. */
let ada: OpenPage;
let waveNo = '';
/** Whom the opened mail was sent to. */
let address = '';
let userId = '';

beforeAll(async () => {
  const executable = findChromium();
  if (executable === undefined) throw new Error('no Chromium: set CHROMIUM_PATH');
  start = startCli(['start', '--users', '300'], { cwd });
  const [said, opened] = await Promise.all([start.until('Ctrl-C ends it.'), launchChromium(executable)]);
  browser = opened;
  const [, base = '', path = ''] = /(http:\/\/[\w.:]+)(\/invitation\/[\w-]+)/.exec(said) ?? [];
  url = base;
  ada = await openPage({ browser, url, visit: { path } });
}, 180_000);
afterAll(async () => {
  await browser?.close();
  start?.child.kill('SIGINT');
  await start?.ended;
});

const MAIL = `<mjml>
  <mj-body>
    <mj-section>
      <mj-column>
        <mj-text>It has been a while. There is something new.</mj-text>
        <mj-button href="{{links.shop}}">Look in</mj-button>
        <mj-text><a href="{{unsubscribeUrl}}">Unsubscribe</a> · {{company.name}}, {{company.postalAddress}}</mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`;

async function go(page: Page, screen: string): Promise<void> {
  await page.getByRole('navigation').first().getByRole('link', { name: screen, exact: true }).click();
}

/** Fills the reason of the open dialog and confirms. */
async function confirm(page: Page, button: string, reason?: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  if (reason !== undefined) await dialog.getByLabel('Why').fill(reason);
  await dialog.getByRole('button', { name: button, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
}

async function typeAtTop(page: Page, text: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.insertText(text);
}

test('the printed one-time link makes the first admin, who is shown the day', async () => {
  const { page } = ada;
  await page.getByLabel('Choose a login').fill('ada');
  await page.getByLabel('Your name').fill('Ada');
  await page.getByLabel(/^New password/).fill(PASSWORD);
  await page.getByLabel(/^Repeat the password/).fill(PASSWORD);
  await page.getByRole('button', { name: 'Go to the console' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page
    .getByRole('link', { name: /game-return-pack/ })
    .first()
    .waitFor();
}, 30_000);

test('the wave that has run is looked at, and adds up', async () => {
  const { page } = ada;
  await go(page, 'Waves');
  await page.getByRole('row').filter({ hasText: 'shopper-by-purchases' }).getByRole('link', { name: /^Wave/ }).click();
  await page.getByRole('heading', { name: 'From warned to returned' }).waitFor();
  await page.getByRole('link', { name: 'Proof' }).click();
  await page.getByText('Everything adds up').waitFor();
}, 30_000);

test('a campaign is begun; a fault in it is shown at its line, and mended', async () => {
  const { page } = ada;
  await go(page, 'Campaigns');
  await page.getByRole('button', { name: 'New campaign' }).click();
  await page.getByLabel(/^Id/).fill('hello-again');
  await page.getByRole('button', { name: 'Begin', exact: true }).click();
  await page.getByLabel('Text of campaign.yaml').click();
  await typeAtTop(page, 'nonsense: 1\n');
  const place = page.getByRole('button', { name: 'campaign.yaml, line 1', exact: true });
  await place.click();
  await page.locator('.cm-lint-marker-error').waitFor();
  await page.keyboard.press('ControlOrMeta+z');
  await place.waitFor({ state: 'hidden' });
  await typeAtTop(page, 'links:\n  shop: https://shop.example.com/new\n');
}, 30_000);

test('a link is put into the mail, and the draft is saved', async () => {
  const { page } = ada;
  await page.getByRole('tab', { name: 'hello.en.mjml' }).click();
  await page.getByLabel('Text of hello.en.mjml').click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(MAIL);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('All saved').waitFor();
  await page.getByRole('tab', { name: 'Approval' }).click();
  await page.getByText('Somebody else has to approve it').waitFor();
}, 30_000);

test('a second person approves and publishes it', async () => {
  const link = /http\S+approval/.exec(await ada.page.getByRole('main').innerText())?.[0] ?? '';
  const { page, context, complaints } = await openPage({ browser, url, visit: { path: link.slice(url.length) } });
  await page.locator('input[name=login]').fill('operator');
  await page.locator('input[name=password]').fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByLabel('Largest wave').fill('300');
  await page.getByRole('button', { name: 'Approve' }).click();
  await page.getByRole('button', { name: 'Publish' }).click();
  await confirm(page, 'Publish');
  await page.getByText('hello-again, version 1').waitFor();
  expect(complaints).toEqual([]);
  await context.close();
}, 30_000);

test('its wave is rehearsed, run, and followed while it sends', async () => {
  const { page } = ada;
  await go(page, 'Waves');
  await page.getByRole('link', { name: 'Rehearse a wave' }).click();
  await page.getByRole('combobox', { name: 'Campaign' }).click();
  await page.getByRole('option', { name: 'hello-again' }).click();
  await page.getByRole('button', { name: 'Rehearse', exact: true }).click();
  await page.getByRole('heading', { name: 'By action, arm and channel' }).waitFor();
  // Slow enough to be watched.
  expect((await runCli(['throttle', 'set', 'email', '1'], { cwd })).code).toBe(0);
  await page.getByRole('button', { name: "Run today's wave" }).click();
  await confirm(page, "Run today's wave");
  await page.getByRole('link', { name: /^Open wave/ }).click();
  await page.getByText('Live', { exact: true }).waitFor();
  await page.getByText('throttle 1 per second').waitFor();
  await page.getByText(/^([1-9]\d*) of \1 sent$/).waitFor();
  waveNo = page.url().split('/').at(-1) ?? '';
}, 45_000);

test('a mail lies in the inbox, rendered in a frame that runs nothing; its link counts a click', async () => {
  const { page } = ada;
  await go(page, 'Inbox');
  await page.getByRole('link', { name: 'We would like to see you again' }).first().click();
  const frame = page.locator('iframe[title="The mail as its recipient sees it"]');
  expect(await frame.getAttribute('sandbox')).toBe('');
  await frame.contentFrame().getByText('It has been a while').waitFor();
  const link = await page.getByRole('link', { name: 'Look in' }).getAttribute('href');
  const answer = await page.request.get(link ?? '', { maxRedirects: 0 });
  expect(answer.status()).toBe(302);
  expect(answer.headers()['location']).toBe('https://shop.example.com/new');
  address = /<([^>]+)>/.exec(await page.getByRole('definition').nth(2).innerText())?.[1] ?? '';
}, 30_000);

test('who it went to comes back, by an import, and the wave counts it', async () => {
  const { page } = ada;
  await go(page, 'Users');
  await page.getByLabel('Find').fill(address);
  const user = page.getByRole('table').getByRole('link').first();
  await page.getByRole('cell', { name: address }).waitFor();
  userId = await user.innerText();
  await go(page, 'Imports');
  const visit = `event_id,user_id,type,occurred_at\nback-1,${userId},visit,${new Date().toISOString()}\n`;
  const file = { name: 'events.csv', mimeType: 'text/csv', buffer: Buffer.from(visit) };
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText('every row was taken').waitFor();
  await page.goto(`${url}/waves/${waveNo}`);
  const returned = page.getByRole('listitem').filter({ hasText: 'Returned so far' });
  await returned.getByText('1', { exact: true }).waitFor();
}, 30_000);

test('a proposed threshold is accepted, with its reason', async () => {
  const { page } = ada;
  await go(page, 'Home');
  await page.getByRole('link', { name: 'Threshold of game-return-pack, gamer, new-version' }).click();
  const proposal = page.getByRole('article', { name: 'Proposal 1' });
  await proposal.getByRole('button', { name: 'Accept' }).click();
  await confirm(page, 'Accept', 'the past experiment says so');
  await page.getByRole('row').filter({ hasText: 'in force' }).getByText('the past experiment says so').waitFor();
}, 30_000);

test('why somebody got nothing is told, from the number of the wave to the rung', async () => {
  const { page } = ada;
  await page.goto(`${url}/waves/${waveNo}`);
  const score = page.getByRole('listitem').filter({ hasText: 'stop here' }).first();
  await score.getByRole('link').first().click();
  await page.getByRole('heading', { name: `Users of wave ${waveNo}` }).waitFor();
  await page.getByRole('table').getByRole('link').first().click();
  await page.getByRole('row').filter({ hasText: 'hello-again' }).getByRole('button', { name: 'Why' }).click();
  await page.getByRole('dialog').getByText('stopped here').waitFor();
  expect(ada.complaints).toEqual([]);
}, 30_000);
