import type { Page } from 'playwright-core';
import { PATHS } from '../../../../src/console/screens/paths.ts';
import type { Places } from './story.ts';

/** One picture. */
export interface Shot {
  /** Of its file. */
  name: string;
  screen: keyof typeof PATHS | 'login';
  /** Values for the parameters of the screen's address. */
  at?: (places: Places) => Record<string, string | number>;
  search?: string;
  /** What a person does before there is something to see; in English. */
  act?: (page: Page, places: Places) => Promise<void>;
  /** Heading that the picture for the docs begins at; the full picture always has everything. */
  from?: string | RegExp;
  /** Also in Chinese in the dark, and in Chinese on a phone. */
  everyLook?: true;
}

const campaign = ({ campaign: campaignId }: Places) => ({ campaignId });
const finished = ({ finishedWave: waveNo }: Places) => ({ waveNo });
const press = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).first().click();

/** Every screen and every tab, in the order of the day's work. */
export const SHOTS: readonly Shot[] = [
  { name: 'login', screen: 'login', everyLook: true },
  { name: 'home', screen: 'home', everyLook: true },
  { name: 'imports', screen: 'imports' },
  { name: 'campaigns', screen: 'campaigns', everyLook: true },
  { name: 'campaign', screen: 'campaign', at: campaign, everyLook: true },
  { name: 'audience', screen: 'audience', at: campaign },
  { name: 'campaign-contents', screen: 'campaign', at: campaign, search: 'tab=contents', act: asSomebody },
  { name: 'campaign-edit', screen: 'campaign', at: campaign, search: 'tab=edit', act: breakALine },
  { name: 'campaign-form', screen: 'campaign', at: campaign, search: 'tab=edit', act: openForm },
  { name: 'campaign-plan', screen: 'campaign', at: campaign, search: 'tab=plan' },
  { name: 'campaign-approval', screen: 'campaign', at: campaign, search: 'tab=approval' },
  { name: 'campaign-test', screen: 'campaign', at: campaign, search: 'tab=test' },
  { name: 'campaign-versions', screen: 'campaign', at: campaign, search: 'tab=versions' },
  {
    name: 'rehearsal',
    screen: 'rehearsal',
    search: 'campaign=game-return-pack',
    act: async (page) => {
      await press('Rehearse')(page);
      await page.getByRole('heading', { name: 'By action, arm and channel' }).waitFor();
    },
  },
  { name: 'waves', screen: 'waves', everyLook: true },
  { name: 'wave', screen: 'wave', at: finished, from: 'From warned to returned', everyLook: true },
  { name: 'wave-running', screen: 'wave', at: ({ runningWave: waveNo }) => ({ waveNo }) },
  { name: 'wave-users', screen: 'waveUsers', at: finished, search: 'disposition=blocked' },
  { name: 'wave-messages', screen: 'waveMessages', at: finished },
  {
    name: 'wave-proof',
    screen: 'waveProof',
    at: finished,
    act: async (page) => {
      await page.getByRole('table').first().waitFor();
    },
  },
  { name: 'results', screen: 'campaignResults', at: campaign, from: 'Can it be trusted?', everyLook: true },
  { name: 'results-arms', screen: 'campaignResults', at: campaign, from: 'Arms: power-up' },
  { name: 'results-time', screen: 'campaignResults', at: campaign, from: 'Over time' },
  { name: 'results-pick', screen: 'results' },
  { name: 'thresholds', screen: 'campaignThresholds', at: campaign, everyLook: true },
  { name: 'thresholds-bands', screen: 'campaignThresholds', at: campaign, from: /^gamer . new-version$/ },
  { name: 'thresholds-history', screen: 'campaignThresholds', at: campaign, from: 'History of proposals' },
  { name: 'thresholds-pick', screen: 'thresholds' },
  { name: 'retrospective', screen: 'retrospective', everyLook: true },
  { name: 'retrospective-wave', screen: 'retrospective', search: 'wave=$finishedWave' },
  { name: 'templates', screen: 'templates' },
  {
    name: 'template',
    screen: 'template',
    at: campaign,
    search: 'version=2&action=power-up&arm=pack&step=1&channel=email&locale=en',
  },
  { name: 'users', screen: 'users' },
  { name: 'user', screen: 'user', at: ({ contactedUser: userId }) => ({ userId }), everyLook: true },
  { name: 'user-why', screen: 'user', at: ({ blockedUser: userId }) => ({ userId }), act: openWhy },
  { name: 'surveys', screen: 'surveys' },
  { name: 'survey-answers', screen: 'surveyAnswers', at: campaign },
  { name: 'tasks', screen: 'tasks' },
  { name: 'task', screen: 'task', at: ({ task: taskNo }) => ({ taskNo }) },
  { name: 'inbox', screen: 'inbox' },
  { name: 'inbox-mail', screen: 'inboxMessage', at: ({ mail: id }) => ({ channel: 'email', id }), everyLook: true },
  { name: 'health', screen: 'health' },
  { name: 'audit', screen: 'audit' },
  { name: 'settings', screen: 'settings' },
  { name: 'people', screen: 'people' },
  { name: 'webhooks', screen: 'webhooks' },
  { name: 'webhook', screen: 'webhook', at: ({ webhook: webhookNo }) => ({ webhookNo }) },
  { name: 'account', screen: 'account' },
];

/** The address of a picture's screen. Throws where a parameter has no value. */
export function addressOf({ screen, at, search }: Shot, places: Places): string {
  const values: Record<string, string | number> = at?.(places) ?? {};
  const fill = (text: string, from: Readonly<Record<string, string | number>>): string =>
    text.replaceAll(/\$(\w+)/g, (_, parameter: string) => {
      const value = from[parameter];
      if (value === undefined) throw new Error(`${screen} needs ${parameter}`);
      return encodeURIComponent(value);
    });
  const path = screen === 'login' ? '/' : fill(PATHS[screen], values);
  return search === undefined ? path : `${path}?${fill(search, { ...places })}`;
}

/** A slip that lint finds, as one makes it. */
async function breakALine(page: Page): Promise<void> {
  await page.locator('.cm-content').click();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.insertText('holdouts: 0.1\n');
  await page.locator('.cm-lint-marker-error').first().waitFor();
}

async function openWhy(page: Page, places: Places): Promise<void> {
  await page.getByRole('row').filter({ hasText: places.campaign }).getByRole('button', { name: 'Why' }).click();
  await page.getByRole('dialog').getByText('Within the caps').first().waitFor();
}

/** The mail as one of the users gets it, in English. */
async function asSomebody(page: Page, { contactedUser }: Places): Promise<void> {
  await page.getByLabel('As this user would get it').fill(contactedUser);
  await press('Show')(page);
  await page.getByRole('combobox', { name: 'Language' }).click();
  await page.getByRole('option', { name: 'en', exact: true }).click();
  await page.getByText('You get this e-mail because you agreed').first().waitFor();
}

async function openForm(page: Page): Promise<void> {
  await page.getByText('Form', { exact: true }).click();
}
