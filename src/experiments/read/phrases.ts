import type { MetricDefinition } from '../../domain/read-inputs.ts';
import type { Estimate } from '../../domain/read.ts';
import { currencyExponent } from '../../domain/money.ts';
import type { Against } from './design.ts';

/** The comparator as a sentence names it. */
export function againstWords(against: Against): string {
  return against === 'control' ? 'the control' : 'the held-out';
}

/** "1,234" */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** "12.34 %" of a share. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}

/** Major units with a digit more than the currency has: amounts per entry are small. "0.770 USD" */
export function perEntry(minor: number, currency: string): string {
  return `${major(minor, currency, 1)} ${currency}`;
}

/** "p = 0.0321", "p < 0.0001". */
export function pWords(p: number): string {
  return p < 0.0001 ? 'p < 0.0001' : `p = ${Number(p.toPrecision(3))}`;
}

/** "purchase +1.20 points [0.40, 2.10]" for a rate, "revenue +0.770 USD [0.485, 1.055]" for an amount. */
export function effectWords(metric: MetricDefinition, effect: Estimate, currency: string): string {
  const { value, low, high } = effect;
  if (metric.kind === 'mean') return `${metric.label} ${amountWords(effect, currency)}`;
  const digits = Math.max(Math.abs(low), Math.abs(high)) < 0.01 ? 3 : 2;
  const points = (share: number): string => (share * 100).toFixed(digits);
  return `${metric.label} ${sign(value)}${points(value)} points [${points(low)}, ${points(high)}]`;
}

/** "+0.770 USD [0.485, 1.055]" of amounts per entry. */
export function amountWords({ value, low, high }: Estimate, currency: string): string {
  const amount = (minor: number): string => major(minor, currency, 1);
  return `${sign(value)}${amount(value)} ${currency} [${amount(low)}, ${amount(high)}]`;
}

function sign(value: number): string {
  return value < 0 ? '' : '+';
}

function major(minor: number, currency: string, digits: number): string {
  const exponent = currencyExponent(currency);
  return (minor / 10 ** exponent).toFixed(exponent + digits);
}
