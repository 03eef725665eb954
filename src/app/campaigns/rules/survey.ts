import type { Campaign } from '../../../domain/campaign.schema.ts';
import type { Finding, KeyPath } from '../file/finding.ts';

/** Questions that nobody is asked, that miss a language of the campaign, or that offer the same answer twice. */
export function surveyFindings(campaign: Campaign): Finding[] {
  const { survey } = campaign;
  if (!survey) return [];
  const texts: [KeyPath, Record<string, string>][] = [
    [['survey', 'question'], survey.question],
    ...survey.options.map(({ label }, i): [KeyPath, Record<string, string>] => [
      ['survey', 'options', i, 'label'],
      label,
    ]),
    ...(survey.comment ? [[['survey', 'comment'], survey.comment] satisfies [KeyPath, Record<string, string>]] : []),
  ];
  return [
    ...unusedFindings(campaign),
    ...texts.flatMap(([path, text]) => localeFindings(campaign.locales, path, text)),
    ...repeatedFindings(survey.options.map(({ reason }) => reason)),
  ];
}

function unusedFindings(campaign: Campaign): Finding[] {
  if (campaign.actions.some(({ kind }) => kind === 'survey')) return [];
  const what = 'no action is a survey, so nobody is asked these questions';
  return [{ rule: 'survey_unused', severity: 'warning', path: ['survey'], what, fix: 'give an action kind: survey' }];
}

function localeFindings(locales: readonly string[], path: KeyPath, text: Record<string, string>): Finding[] {
  const missing = locales.filter((locale) => text[locale] === undefined);
  const strange = Object.keys(text).filter((locale) => !locales.includes(locale));
  return [
    ...missing.map((locale): Finding => ({
      rule: 'survey_locale',
      severity: 'error',
      path,
      what: `this is not there in ${locale}`,
      fix: `add ${locale}: "…", or take ${locale} out of locales`,
    })),
    ...strange.map((locale): Finding => ({
      rule: 'survey_locale',
      severity: 'warning',
      path: [...path, locale],
      what: `${locale} is not among the campaign's locales`,
      fix: 'add it to locales, or take the text out',
    })),
  ];
}

function repeatedFindings(reasons: readonly string[]): Finding[] {
  return reasons.flatMap((reason, i): Finding[] =>
    reasons.indexOf(reason) === i
      ? []
      : [
          {
            rule: 'duplicate',
            severity: 'error',
            path: ['survey', 'options', i, 'reason'],
            what: `the reason ${reason} is offered twice`,
            fix: 'keep one, or name another reason',
          },
        ],
  );
}
