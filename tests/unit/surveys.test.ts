import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { problemText } from '../../src/app/campaigns/file/finding.ts';
import { parseCampaignFile } from '../../src/app/campaigns/file/parse-campaign-file.ts';
import { SHIPPED_SURVEY } from '../../src/app/surveys/shipped-survey.ts';
import { campaignSchema } from '../../src/domain/campaign.schema.ts';
import { buildContents } from '../../src/templates/contents.ts';
import {
  preferencesToken,
  readPreferencesToken,
  readSurveyToken,
  surveyToken,
  unsubscribeToken,
} from '../../src/templates/tokens.ts';
import { campaignInput } from '../support/campaigns.ts';
import { aDefinition } from '../support/world.ts';

const steps = [{ channels: ['sms'], contents: { sms: { text: { en: 'Why? {{surveyUrl}} Reply STOP to opt out' } } } }];
const asking = [{ id: 'ask', kind: 'survey', arms: [{ id: 'question', share: 1, steps }] }];
const option = (reason: string, label: object = { en: reason }) => ({ reason, label });
const survey = { question: { en: 'Why?' }, options: [option('price'), option('no_time')] };

function problems(over: Record<string, unknown>): string[] {
  const { problems: found } = parseCampaignFile(stringify(campaignInput({ actions: asking, ...over })), 'c.yaml');
  return found.filter(({ rule }) => rule !== 'no_control').map((problem) => problemText(problem).replace(/^\S+ /, ''));
}

describe('the survey of a campaign file', () => {
  it('has nothing to be mended where it is whole', () => {
    expect(problems({ survey })).toEqual([]);
    expect(problems({ survey: SHIPPED_SURVEY, locales: ['en', 'zh-CN'], name: { en: 'x', 'zh-CN': 'x' } })).toEqual([]);
  });

  it.each([
    [
      { question: { de: 'Warum?' } },
      'survey.question: this is not there in en; add en: "…", or take en out of locales',
    ],
    [
      { options: [option('price'), option('no_time', { de: 'Keine Zeit' })] },
      'survey.options[1].label: this is not there in en; add en: "…", or take en out of locales',
    ],
    [
      { options: [option('price'), option('price')] },
      'survey.options[1].reason: the reason price is offered twice; keep one, or name another reason',
    ],
    [
      { comment: { en: 'More?', de: 'Mehr?' } },
      "warning: survey.comment.de: de is not among the campaign's locales; add it to locales, or take the text out",
    ],
    [{ options: [option('too dear'), option('price')] }, expect.stringContaining('use letters, digits, _ and -')],
    [{ options: [option('price')] }, expect.stringContaining('survey.options')],
    [{ openDays: 0 }, expect.stringContaining('survey.openDays')],
  ])('names what is wrong with %j', (change, expected) => {
    expect(problems({ survey: { ...survey, ...change } })).toContainEqual(expected);
  });

  it('says so where no action asks it', () => {
    const actions = [{ ...asking[0], kind: 'care' }];
    expect(problems({ survey, actions })).toContainEqual(
      expect.stringMatching(/^warning: survey: no action is a survey/),
    );
  });
});

describe('the texts of a survey action', () => {
  async function findings(kind: string, contents: Record<string, unknown>, files: Record<string, string> = {}) {
    const step = { channels: Object.keys(contents), contents };
    const actions = [{ id: 'a', kind, arms: [{ id: 'b', share: 1, steps: [step] }] }];
    const campaign = campaignSchema.parse({ ...aDefinition(), actions, links: { shop: 'https://shop.example/' } });
    const built = await buildContents(campaign, (name) => Promise.resolve(files[name] ?? ''));
    return { built, said: built.problems.map(({ what }) => what).filter((what) => /survey/i.test(what)) };
  }

  const OUT = 'Reply STOP to opt out';
  const MAIL = (body: string) =>
    `<mjml><mj-body><mj-section><mj-column><mj-text>${body} <a href="{{unsubscribeUrl}}">Out</a> {{company.postalAddress}}</mj-text></mj-column></mj-section></mj-body></mjml>`;

  it.each([
    ['sms', { sms: { text: { en: `Why? ${OUT}` } } }],
    ['push', { push: { title: { en: 'Hi' }, body: { en: 'Why?' }, url: '{{links.shop}}' } }],
    ['email', { email: { subject: { en: 'Hi' }, mjml: 'a.mjml', text: 'a.txt' } }],
  ])('lead to its questions, by %s too', async (_, contents) => {
    const files = {
      'a.mjml': MAIL('<a href="{{surveyUrl}}">Tell us</a>'),
      'a.txt': '{{unsubscribeUrl}} {{company.postalAddress}}',
    };
    expect((await findings('survey', contents, files)).said).toEqual(['the survey does not lead to its questions']);
  });

  it('lead there by themselves in a push without an address of its own', async () => {
    const { built, said } = await findings('survey', { push: { title: { en: 'Hi' }, body: { en: 'Why?' } } });
    expect(said).toEqual([]);
    expect(built.contents['a/b/1']?.push?.['en']?.url).toBe('{{surveyUrl}}');
  });

  it('alone do so: no other action can name {{surveyUrl}}', async () => {
    const { said } = await findings('care', { sms: { text: { en: `Why? {{surveyUrl}} ${OUT}` } } });
    expect(said).toEqual(['the text names {{surveyUrl}}, but the action is no survey']);
  });

  it('may send to the preferences from anywhere', async () => {
    const mail = { email: { subject: { en: 'Hi' }, mjml: 'a.mjml' } };
    const { built } = await findings('care', mail, { 'a.mjml': MAIL('<a href="{{preferencesUrl}}">Choose</a>') });
    expect(built.problems).toEqual([]);
  });
});

describe('tokens of the pages', () => {
  const deliveryId = '6f1b6bd2-6f0e-5c3a-9c5e-0123456789ab';

  it('are for one page each', () => {
    expect(readSurveyToken('key', surveyToken('key', deliveryId))).toBe(deliveryId);
    expect(readPreferencesToken('key', preferencesToken('key', deliveryId))).toBe(deliveryId);
    for (const token of [
      unsubscribeToken('key', deliveryId),
      preferencesToken('key', deliveryId),
      surveyToken('other', deliveryId),
    ]) {
      expect(readSurveyToken('key', token)).toBeNull();
    }
    for (const token of [
      unsubscribeToken('key', deliveryId),
      surveyToken('key', deliveryId),
      preferencesToken('other', deliveryId),
    ]) {
      expect(readPreferencesToken('key', token)).toBeNull();
    }
  });
});
