import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { CampaignRead } from '../../../api/v1/schemas/results.ts';
import { Section } from '../../parts/section.tsx';
import { ContrastTable } from './contrast-table.tsx';

/** The goal within each value of the dimension that was asked for. */
export function SlicesSection({ read }: { read: CampaignRead }): ReactNode {
  const t = useTranslations('results');
  const goal = read.metrics.find(({ role }) => role === 'goal');
  if (read.by === null || !goal) return <Text c="dimmed">{t('slicesNone')}</Text>;
  const dimension = t(`dimension.${read.by}`);
  const rows = read.slices.flatMap(({ slice, contrasts }) =>
    contrasts
      .filter(({ metric }) => metric === goal.id)
      .map((contrast) => ({
        contrast,
        label: (
          <>
            {slice}{' '}
            <Text span size="sm" c="dimmed">
              {t('versus', { arm: contrast.arm, against: t(`against.${contrast.against}`) })}
            </Text>
          </>
        ),
      })),
  );
  return (
    <Section title={t('slices', { dimension })} about={t('slicesAbout')}>
      {rows.length === 0 ? (
        <Text c="dimmed">{t('nobodyYet')}</Text>
      ) : (
        <ContrastTable
          label={t('slices', { dimension })}
          labelHead={t('slice')}
          metric={goal}
          currency={read.currency}
          rows={rows}
        />
      )}
    </Section>
  );
}
