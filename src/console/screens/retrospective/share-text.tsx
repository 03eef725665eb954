import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { RetrospectiveFunnel } from '../../../api/v1/schemas/retrospective.ts';

/** A part of a whole with its rate. */
export type Share = RetrospectiveFunnel['returned'];

/** A rate with its interval, and the counts behind it in grey. */
export function ShareText({ share }: { share: Share }): ReactNode {
  const t = useTranslations('retrospective');
  const parts = useTranslations('parts');
  const format = useFormatter();
  const percent = (value: number): string => format.number(value, { style: 'percent', maximumFractionDigits: 1 });
  const { count, of, rate } = share;
  return (
    <>
      {rate === null ? '–' : percent(rate.value)}
      {rate !== null && (
        <Text span size="sm">
          {' '}
          ({parts('interval', { low: percent(rate.low), high: percent(rate.high) })})
        </Text>
      )}
      <Text span size="sm" c="dimmed">
        {' '}
        {t('rateOf', { count: format.number(count), of: format.number(of) })}
      </Text>
    </>
  );
}
