import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { TextLine } from '../../../api/v1/schemas/templates.ts';

interface TextRateProps {
  rate: TextLine['clickRate'];
  part: number;
  whole: number;
}

/** A rate of those who got a text, its interval and the counts behind it. */
export function TextRate({ rate, part, whole }: TextRateProps): ReactNode {
  const t = useTranslations('parts');
  const format = useFormatter();
  const percent = (value: number): string => format.number(value, { style: 'percent', maximumFractionDigits: 1 });
  if (rate === null) return '–';
  return (
    <span title={t('of', { part: format.number(part), whole: format.number(whole) })}>
      <span className="number">{percent(rate.value)}</span>
      <Text span size="sm" c="dimmed" display="block" className="number-text">
        {t('interval', { low: percent(rate.lo), high: percent(rate.hi) })}
      </Text>
    </span>
  );
}
