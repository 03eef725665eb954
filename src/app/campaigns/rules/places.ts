import { IANAZone } from 'luxon';
import type { Campaign } from '../../../domain/campaign.schema.ts';
import { currencyExponent, minorUnits } from '../../../domain/money.ts';
import { nearest } from '../../../domain/nearest.ts';
import type { Finding, KeyPath } from '../file/finding.ts';

/** Time zone, locales, currency and amounts that the world doesn't know. */
export function placeFindings(campaign: Campaign): Finding[] {
  return [
    ...zoneFindings(campaign.timezone, ['timezone']),
    ...campaign.locales.flatMap((locale, index) => localeFindings(locale, ['locales', index])),
    ...currencyFindings(campaign.currency),
    ...amountFindings(campaign),
  ];
}

/** A time zone that IANA doesn't have. */
export function zoneFindings(timezone: string, path: KeyPath): Finding[] {
  if (IANAZone.isValidZone(timezone)) return [];
  const meant = nearest(timezone, Intl.supportedValuesOf('timeZone'));
  return [
    {
      rule: 'timezone',
      severity: 'error',
      path,
      what: `there is no time zone ${timezone}`,
      fix: meant === undefined ? 'use an IANA name such as Asia/Shanghai or UTC' : `did you mean ${meant}?`,
    },
  ];
}

function localeFindings(locale: string, path: KeyPath): Finding[] {
  const canonical = canonicalLocale(locale);
  if (canonical === locale) return [];
  return [
    {
      rule: 'locale',
      severity: 'error',
      path,
      what: `${locale} is not a locale`,
      fix: canonical === null ? 'use a BCP 47 tag such as en or zh-CN' : `write ${canonical}`,
    },
  ];
}

function canonicalLocale(locale: string): string | null {
  try {
    return Intl.getCanonicalLocales(locale.replaceAll('_', '-'))[0] ?? null;
  } catch {
    return null;
  }
}

function currencyFindings(currency: string): Finding[] {
  const known = Intl.supportedValuesOf('currency');
  if (known.includes(currency)) return [];
  const meant = nearest(currency, known);
  const fix = meant === undefined ? 'use an ISO 4217 code such as CNY or USD' : `did you mean ${meant}?`;
  return [{ rule: 'currency', severity: 'error', path: ['currency'], what: `there is no currency ${currency}`, fix }];
}

/** Amounts that lose something in minor units: 0.001 USD per SMS is nothing in cents. */
function amountFindings(campaign: Campaign): Finding[] {
  const { costs, budget, currency } = campaign;
  const amounts: [KeyPath, number | undefined][] = [
    ...(['email', 'sms', 'push', 'task', 'unsubscribe'] as const).map((key): [KeyPath, number] => [
      ['costs', key],
      costs[key],
    ]),
    [['budget', 'total'], budget.total],
    [['budget', 'perWave'], budget.perWave],
    ...campaign.actions.flatMap((action, a) =>
      action.arms.map((arm, b): [KeyPath, number | undefined] => [
        ['actions', a, 'arms', b, 'offer', 'cost'],
        arm.offer?.cost,
      ]),
    ),
  ];
  const exponent = currencyExponent(currency);
  return amounts.flatMap(([path, amount]) => {
    const stored = minorUnits(amount ?? 0, currency) / 10 ** exponent;
    if (amount === undefined || Math.abs(stored - amount) < 1e-9) return [];
    const what = `${amount} ${currency} is counted as ${stored}`;
    return [{ rule: 'amount', severity: 'warning' as const, path, what, fix: `use at most ${exponent} decimals` }];
  });
}
