import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../../src/config/read-config.ts';
import { preferencesToken, surveyToken } from '../../../src/templates/tokens.ts';
import { violations } from '../../support/console/axe.ts';
import { faultsOf } from '../../support/console/look-over.ts';
import { startConsole, type OpenPage, type RunningConsole } from '../../support/console/open-console.ts';
import { freshDatabase } from '../../support/database.ts';
import { aCampaign, aContactedUser, applySettings, aWave } from '../../support/world.ts';

const { db } = await freshDatabase();
const secret = 'secret of the pages';
const config = readConfig({ RECALLWAVE_HOME: '/tmp/recallwave-console-test', LINK_SECRET: secret });
const VISITS = [
  { locale: 'en', scheme: 'light', width: 1280 },
  { locale: 'en', scheme: 'dark', width: 375 },
  { locale: 'zh-CN', scheme: 'light', width: 375 },
  { locale: 'zh-CN', scheme: 'dark', width: 1280 },
] as const;
let running: RunningConsole;
let waveNo = 0;

beforeAll(async () => {
  running = await startConsole(db, { config });
  const arms = [{ id: 'mail', share: 1, steps: [{ channels: ['email' as const], contents: {} }] }];
  await aCampaign(db, { locales: ['en', 'zh-CN'], actions: [{ id: 'offer', kind: 'survey', arms }] });
  await applySettings(db, { company: 'Example Company' });
  waveNo = await aWave(db);
});
afterAll(() => running.close());

async function aRecipient(locale: string | null = null) {
  const deliveryId = randomUUID();
  const user = { locale, phone: `+4479000${String(Math.random()).slice(2, 8)}`, consentSms: true };
  const sent = await aContactedUser(db, { waveNo, state: 'ACCEPTED', deliveryId, acceptedAt: new Date(), user });
  return {
    ...sent,
    survey: `/s/${surveyToken(secret, deliveryId)}`,
    preferences: `/p/${preferencesToken(secret, deliveryId)}`,
  };
}

/** What is wrong with the page as it stands: axe's findings, complaints of the browser, sideways scrolling. */
async function faults({ page, complaints }: OpenPage): Promise<string[]> {
  const aside = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
  return [...complaints, ...(await violations(page)), ...(aside > 0 ? [`${aside} pixels too wide`] : [])];
}

const WORDS = {
  en: { choice: 'It is too expensive', send: 'Send', first: 'What kept you away?', thanks: 'Thank you' },
  'zh-CN': { choice: '价格偏高', send: '提交', first: '最近没来，主要是因为什么？', thanks: '谢谢您' },
} as const;

describe.each(VISITS)('in $locale, $scheme, $width pixels wide', (visit) => {
  test('the survey is answered by keyboard, and every page of it is sound', async () => {
    const { messageNo, survey } = await aRecipient();
    const words = WORDS[visit.locale];
    const open = await running.openOutside({ ...visit, path: survey });
    const { page } = open;
    await page.getByRole('heading', { name: words.first }).waitFor();
    expect(await faults(open)).toEqual([]);
    await page.getByRole('radio', { name: words.choice }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.type('<b>dear</b>');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: words.thanks }).waitFor();
    expect(await faults(open)).toEqual([]);
    await page.reload();
    await page.getByRole('heading', { name: words.thanks }).waitFor();
    expect(await db('survey_answers').where({ message_no: messageNo })).toMatchObject([
      { reason: 'price', comment: '<b>dear</b>', locale: visit.locale },
    ]);
    await open.context.close();
  });

  test('the preferences are changed, saved and shown, and every page of them is sound', async () => {
    const { userNo, preferences } = await aRecipient();
    const open = await running.openOutside({ ...visit, path: preferences });
    const { page } = open;
    expect(await faults(open)).toEqual([]);
    const survey = page.getByRole('checkbox').nth(4);
    await survey.focus();
    await page.keyboard.press('Space');
    await page.getByRole('button').first().click();
    await page.getByRole('status').waitFor();
    expect(await survey.isChecked()).toBe(false);
    expect(await faults(open)).toEqual([]);
    await page.getByRole('button').nth(1).click();
    await page.waitForFunction('document.querySelectorAll("input:checked").length === 0');
    expect(await db('users').where({ user_no: userNo }).first('refused_categories', 'consent_email')).toEqual({
      refused_categories: expect.arrayContaining(['winback', 'service', 'survey']),
      consent_email: false,
    });
    await open.context.close();
  });
});

test('who sends no answer is asked for one, on a page that is sound', async () => {
  const { survey } = await aRecipient('en');
  const open = await running.openOutside({ path: survey });
  const { page } = open;
  // Without the browser's own check: a page has to stand alone.
  await page.evaluate('document.querySelector("form").noValidate = true');
  await page.getByLabel(/anything else/).fill('kept');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('alert').filter({ hasText: 'Please choose an answer first.' }).waitFor();
  expect(await page.getByLabel(/anything else/).inputValue()).toBe('kept');
  expect((await faults(open)).filter((fault) => !fault.includes('422'))).toEqual([]);
  await open.context.close();
});

test('the console counts the answers, leads to those behind a number, and to whose they are', async () => {
  const { page, context, complaints } = await running.open('viewer', { path: '/surveys' });
  await page.getByRole('link', { name: /price|too expensive|Price/ }).click();
  await page.getByRole('cell', { name: '<b>dear</b>' }).first().waitFor();
  await page.getByRole('row').nth(1).getByRole('link').first().click();
  await page.getByRole('heading', { name: 'Survey answers' }).waitFor();
  await page.getByRole('cell', { name: '<b>dear</b>' }).waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

test.each(['/surveys', '/surveys/winback', '/surveys/winback?reason=none_such'])(
  '%s is sound in English and in Chinese on a phone',
  async (path) => {
    expect(await faultsOf(running, { role: 'viewer', path })).toEqual([]);
  },
);
