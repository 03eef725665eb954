import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';

/** An amount in minor units of an ISO 4217 currency, such as 1999 cents. */
export function Money({ minor, currency }: { minor: number; currency: string }): ReactNode {
  const format = useFormatter();
  const digits = minorDigits(currency);
  return <span className="number">{format.number(minor / 10 ** digits, { style: 'currency', currency })}</span>;
}

/** Digits after the point of a currency: 2 for EUR, 0 for JPY. */
export function minorDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** A whole number with its separators. */
export function Count({ value }: { value: number }): ReactNode {
  return <span className="number">{useFormatter().number(value)}</span>;
}

interface RateProps {
  /** 0..1; null where there is nothing to divide by. */
  rate: number | null;
  /** The counts behind it, in grey. */
  part?: number;
  whole?: number;
  digits?: number;
}

/** A share in per cent, with the counts behind it. */
export function Rate({ rate, part, whole, digits = 1 }: RateProps): ReactNode {
  const t = useTranslations('parts');
  const format = useFormatter();
  const options = { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits } as const;
  return (
    <span className="number">
      {rate === null ? '–' : format.number(rate, options)}
      {part !== undefined && whole !== undefined && (
        <Text span size="sm" c="dimmed">
          {' '}
          {t('of', { part: format.number(part), whole: format.number(whole) })}
        </Text>
      )}
    </span>
  );
}
