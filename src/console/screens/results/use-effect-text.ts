import { useFormatter, useTranslations } from 'use-intl';
import type { Estimate } from '../../../api/v1/schemas/results.ts';
import { minorDigits } from '../../parts/numbers.tsx';

/** How a metric is written: a rate in per cent, a mean as money (minor units of `currency`). */
export interface Unit {
  kind: 'rate' | 'mean';
  currency: string;
}

/** Words for values and differences of a metric. */
export interface EffectText {
  level(value: number): string;
  /** A number of the axis, without its unit: it is said in the head of the column. */
  tick(value: number): string;
  unit: string;
  /** With its sign; rates in percentage points. */
  difference(value: number): string;
  interval(estimate: Estimate): string;
}

/** Writes values and differences in the viewer's language. */
export function useEffectText({ kind, currency }: Unit): EffectText {
  const t = useTranslations('results');
  const parts = useTranslations('parts');
  const format = useFormatter();
  const digits = minorDigits(currency);
  const money = (minor: number, signDisplay: 'auto' | 'exceptZero'): string =>
    format.number(minor / 10 ** digits, { style: 'currency', currency, signDisplay });
  const level = (value: number): string =>
    kind === 'rate' ? format.number(value, { style: 'percent', maximumFractionDigits: 2 }) : money(value, 'auto');
  const difference = (value: number): string =>
    kind === 'rate'
      ? t('points', { value: format.number(value * 100, { maximumFractionDigits: 2, signDisplay: 'exceptZero' }) })
      : money(value, 'exceptZero');
  const tick = (value: number): string =>
    format.number(kind === 'rate' ? value * 100 : value / 10 ** digits, {
      maximumSignificantDigits: 3,
      signDisplay: 'exceptZero',
    });
  return {
    level,
    tick,
    unit: kind === 'rate' ? t('pointsUnit') : currency,
    difference,
    interval: ({ value, low, high }) =>
      `${difference(value)} (${parts('interval', { low: difference(low), high: difference(high) })})`,
  };
}
