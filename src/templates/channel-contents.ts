import type { Campaign, Step } from '../domain/campaign.schema.ts';
import { cleanFacts } from './clean.ts';
import { compileTemplate } from './environment.ts';
import type { StoredContents } from './facts.ts';
import type { ReadFile } from './include.ts';
import { type Finding, inspectTemplate, type Vocabulary } from './inspect-template.ts';
import type { BuiltMail, FileFinding, MailFiles } from './mail.ts';
import { checkPush, checkSms } from './message-limits.ts';
import { sampleFacts } from './sample-facts.ts';

type Stored = StoredContents[string];
type Contents = Step['contents'];

/** Where a content stands and what its texts may name. `report` takes a path below the step. */
export interface ContentPlace {
  campaign: Campaign;
  vocabulary: Vocabulary;
  hasCode: boolean;
  /** The action is a survey: its texts lead to the questions, and only they do. */
  isSurvey: boolean;
  readFile: ReadFile;
  /** `buildMail`, which remembers what it built: arms share mails. */
  buildMail(files: MailFiles): Promise<BuiltMail>;
  report(path: (string | number)[], finding: Finding & { file?: string }): void;
}

/** The e-mail of a step in every locale of the campaign. */
export async function buildEmail(
  email: NonNullable<Contents['email']>,
  at: ContentPlace,
): Promise<NonNullable<Stored['email']>> {
  const built: NonNullable<Stored['email']> = {};
  const subjects = localised(email.subject, ['email', 'subject'], at);
  const preheaders = email.preheader && localised(email.preheader, ['email', 'preheader'], at);
  for (const locale of at.campaign.locales) {
    const file = email.mjml.replaceAll('{locale}', locale);
    const mail = await readMail({ email, file, locale, preheader: preheaders?.[locale] }, at);
    if (!mail) continue;
    for (const finding of mail.findings) at.report(['contents', 'email', partOf(finding, file)], finding);
    checkCoupon([subjects[locale], mail.html, mail.text], ['email'], at);
    for (const part of [mail.html, mail.text]) checkSurvey([part], ['email'], at);
    built[locale] = { subject: subjects[locale] ?? '', html: mail.html, text: mail.text };
  }
  return built;
}

/** The SMS of a step in every locale of the campaign. */
export function buildSms(sms: NonNullable<Contents['sms']>, at: ContentPlace): NonNullable<Stored['sms']> {
  const built: NonNullable<Stored['sms']> = {};
  for (const [locale, text] of Object.entries(localised(sms.text, ['sms', 'text'], at))) {
    const needsOptOut = at.campaign.category !== 'transactional';
    const samples = sampleTexts(text, locale, at);
    for (const finding of checkSms({ template: text, samples, needsOptOut })) {
      at.report(['contents', 'sms', 'text', locale], finding);
    }
    checkCoupon([text], ['sms'], at);
    checkSurvey([text], ['sms', 'text', locale], at);
    built[locale] = { text };
  }
  return built;
}

/** The push notification of a step; without a `url` it opens the survey, or the first link of the campaign. */
export function buildPush(push: NonNullable<Contents['push']>, at: ContentPlace): NonNullable<Stored['push']> {
  const built: NonNullable<Stored['push']> = {};
  const titles = localised(push.title, ['push', 'title'], at);
  const bodies = localised(push.body, ['push', 'body'], at);
  const [firstLink] = at.vocabulary.links;
  const opened = at.isSurvey ? '{{surveyUrl}}' : firstLink === undefined ? '' : `{{links.${firstLink}}}`;
  const url = push.url ?? opened;
  inspect(url, ['push', 'url'], at);
  if (
    url !== '' &&
    !/^(\{\{\s*(links\.[\w-]+|unsubscribeUrl|preferencesUrl|surveyUrl)\s*\}\}|https?:\/\/\S+)$/.test(url)
  ) {
    at.report(['contents', 'push', 'url'], {
      what: `"${url}" is no http(s) address`,
      fix: 'name the target under links: and write {{links.<name>}}',
      severity: 'error',
    });
  }
  for (const locale of at.campaign.locales) {
    const [title = '', body = ''] = [titles[locale], bodies[locale]];
    const sampleTitles = sampleTexts(title, locale, at);
    const samples = sampleTexts(body, locale, at).map((text, i) => ({
      title: sampleTitles[i] ?? '',
      body: text,
      url: sampleTexts(url, locale, at)[0] ?? '',
    }));
    for (const finding of checkPush(samples)) at.report(['contents', 'push', 'body', locale], finding);
    checkCoupon([title, body], ['push'], at);
    checkSurvey([body, url], ['push'], at);
    built[locale] = { title, body, url };
  }
  return built;
}

/** The task of a step, read by an account manager in the campaign's languages. */
export function buildTask(task: NonNullable<Contents['task']>, at: ContentPlace): NonNullable<Stored['task']> {
  const titles = localised(task.title, ['task', 'title'], at);
  const bodies = localised(task.body, ['task', 'body'], at);
  checkCoupon([...Object.values(titles), ...Object.values(bodies)], ['task'], at);
  if (!at.isSurvey) checkSurvey(Object.values(bodies), ['task'], at);
  return Object.fromEntries(
    at.campaign.locales.map((locale) => [
      locale,
      { title: titles[locale] ?? '', body: bodies[locale] ?? '', dueIn: task.dueIn },
    ]),
  );
}

async function readMail(
  mail: { email: NonNullable<Contents['email']>; file: string; locale: string; preheader: string | undefined },
  at: ContentPlace,
): Promise<BuiltMail | null> {
  const text = mail.email.text?.replaceAll('{locale}', mail.locale);
  for (const [key, name] of [
    ['mjml', mail.file],
    ['text', text],
  ] as const) {
    if (name === undefined) continue;
    const there = await at.readFile(name).then(
      () => true,
      () => false,
    );
    if (there) continue;
    at.report(['contents', 'email', key], {
      what: `the file ${name} cannot be read`,
      fix: 'check its name; files are looked for beside the campaign file, with {locale} replaced',
      severity: 'error',
    });
    return null;
  }
  return at.buildMail({
    mjml: mail.file,
    text,
    preheader: mail.preheader,
    locale: mail.locale,
    vocabulary: at.vocabulary,
    readFile: at.readFile,
  });
}

/** The texts of a localised key, inspected; reports locales that are missing or that the campaign doesn't have. */
function localised(texts: Record<string, string>, path: string[], at: ContentPlace): Record<string, string> {
  const { locales } = at.campaign;
  for (const locale of locales.filter((each) => texts[each] === undefined)) {
    at.report(['contents', ...path], {
      what: `there is no ${path.join(' ')} in ${locale}`,
      fix: `add ${locale}: "…", or take ${locale} out of locales`,
      severity: 'error',
    });
  }
  for (const [locale, text] of Object.entries(texts)) {
    if (locales.includes(locale)) inspect(text, [...path, locale], at);
    else {
      at.report(['contents', ...path, locale], {
        what: `${locale} is not among the campaign's locales`,
        fix: `add it to locales, or take the text out`,
        severity: 'warning',
      });
    }
  }
  return Object.fromEntries(Object.entries(texts).filter(([locale]) => locales.includes(locale)));
}

function inspect(template: string, path: string[], at: ContentPlace): void {
  for (const { line: _, ...finding } of inspectTemplate(template, at.vocabulary).findings) {
    at.report(['contents', ...path], finding);
  }
}

function checkCoupon(templates: (string | undefined)[], path: string[], at: ContentPlace): void {
  const names = templates.some(
    (template = '') => /\{\{[^#/}]*\bcoupon\b/.test(template) && !/\{\{#if coupon\}\}/.test(template),
  );
  if (names && !at.hasCode) {
    at.report(['contents', ...path], {
      what: 'the text names {{coupon}}, but the arm gives no code',
      fix: 'add offer: { pool: … } to the arm, or put it inside {{#if coupon}}',
      severity: 'error',
    });
  }
}

function checkSurvey(templates: string[], path: string[], at: ContentPlace): void {
  const asks = templates.some((template) => /\{\{[^}]*\bsurveyUrl\b/.test(template));
  if (asks === at.isSurvey) return;
  at.report(['contents', ...path], {
    what: asks
      ? 'the text names {{surveyUrl}}, but the action is no survey'
      : 'the survey does not lead to its questions',
    fix: asks ? 'give the action kind: survey, or take the link out' : 'add a link to {{surveyUrl}}',
    severity: 'error',
  });
}

/** The text for a user with every attribute, and for one with none; empty where the template is at fault. */
function sampleTexts(template: string, locale: string, at: ContentPlace): string[] {
  const named = [...template.matchAll(/\buser\.([\w-]+)/g)].map((match) => match[1] ?? '');
  return [named, []].flatMap((attributes) => {
    try {
      const facts = sampleFacts({ locale, attributes, links: at.vocabulary.links });
      return [compileTemplate(template, 'text')(cleanFacts(facts))];
    } catch {
      // What is wrong with the template is a finding of inspectTemplate already.
      return [];
    }
  });
}

function partOf(finding: FileFinding, mjmlFile: string): 'mjml' | 'text' {
  return finding.file === mjmlFile || finding.file.endsWith('.mjml') ? 'mjml' : 'text';
}
