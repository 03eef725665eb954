import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { CampaignPlan } from '../../../../api/v1/schemas/drafts.ts';
import { DataTable, type Column } from '../../../parts/data-table.tsx';
import { Count, Rate } from '../../../parts/numbers.tsx';
import { Section } from '../../../parts/section.tsx';

type Detection = CampaignPlan['detections'][number];

/** How many entries and days it takes to tell whether each arm works. */
export function Detections({ plan: { detections, minLift } }: { plan: CampaignPlan }): ReactNode {
  const t = useTranslations('campaigns');
  const format = useFormatter();
  const lift = format.number(minLift, { style: 'percent', maximumFractionDigits: 1 });
  return (
    <Section title={t('detection')} about={t('detectionText', { lift })}>
      <DataTable
        label={t('detection')}
        rows={detections}
        columns={useColumns()}
        rowKey={({ action, arm, against, metric }) => `${action} ${arm} ${against} ${metric}`}
        empty={<Text c="dimmed">{t('noDetection')}</Text>}
      />
    </Section>
  );
}

function useColumns(): Column<Detection>[] {
  const t = useTranslations('campaigns');
  return [
    { key: 'action', head: t('action'), cell: ({ action }) => action },
    {
      key: 'pair',
      head: t('pair'),
      cell: ({ arm, against, metric }) => (
        <>
          {t(`against.${against}`, { arm })}
          <Text size="sm" c="dimmed">
            {t(`metric.${metric}`)}
          </Text>
        </>
      ),
    },
    {
      key: 'base',
      head: t('baseRate'),
      numeric: true,
      cell: ({ baseRate, baseRateFrom }) => (
        <>
          <Rate rate={baseRate} />
          <Text size="sm" c="dimmed">
            {t(`baseFrom.${baseRateFrom}`)}
          </Text>
        </>
      ),
    },
    {
      key: 'needed',
      head: t('entriesNeeded'),
      numeric: true,
      cell: ({ entriesNeeded }) => (entriesNeeded === null ? t('tooMany') : <Count value={Math.ceil(entriesNeeded)} />),
    },
    {
      key: 'perDay',
      head: t('entriesPerDay'),
      numeric: true,
      cell: ({ entriesPerDay }) => <Count value={Math.round(entriesPerDay * 10) / 10} />,
    },
    {
      key: 'days',
      head: t('seenAfter'),
      numeric: true,
      cell: ({ days }) => (days === null ? t('never') : t('dayCount', { count: Math.ceil(days) })),
    },
  ];
}
