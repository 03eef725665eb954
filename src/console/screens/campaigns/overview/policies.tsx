import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { CampaignDetail } from '../../../../api/v1/schemas/campaigns.ts';
import { DataTable, type Column } from '../../../parts/data-table.tsx';
import { Rate } from '../../../parts/numbers.tsx';
import { Section } from '../../../parts/section.tsx';

type Policy = CampaignDetail['policies'][number];

/** The thresholds and arm shares that are live, which may have been learned since the version was published. */
export function Policies({ policies }: { policies: readonly Policy[] }): ReactNode {
  const t = useTranslations('campaigns');
  return (
    <Section title={t('policies')} about={t('policiesText')}>
      <DataTable
        label={t('policies')}
        rows={policies}
        columns={useColumns()}
        rowKey={({ segment, action }) => `${segment} ${action}`}
        empty={<Text c="dimmed">{t('noPolicies')}</Text>}
      />
    </Section>
  );
}

function useColumns(): Column<Policy>[] {
  const t = useTranslations('campaigns');
  const format = useFormatter();
  const score = (value: number): string => format.number(value, { maximumFractionDigits: 3 });
  return [
    { key: 'segment', head: t('segment'), cell: ({ segment }) => (segment === '*' ? t('everyone') : segment) },
    { key: 'action', head: t('action'), cell: ({ action }) => action },
    {
      key: 'interval',
      head: t('interval'),
      numeric: true,
      cell: ({ lo, hi }) => t('fromTo', { lo: score(lo), hi: score(hi) }),
    },
    { key: 'band', head: t('band'), numeric: true, cell: ({ exploreWidth }) => score(exploreWidth) },
    { key: 'inside', head: t('treatedInside'), numeric: true, cell: ({ inside }) => <Rate rate={inside} digits={0} /> },
    {
      key: 'shares',
      head: t('shares'),
      cell: ({ armShares }) =>
        Object.entries(armShares)
          .map(([arm, share]) => `${arm} ${format.number(share, { style: 'percent', maximumFractionDigits: 1 })}`)
          .join(t('comma')),
    },
    { key: 'version', head: t('policyVersion'), numeric: true, cell: ({ policyVersion }) => policyVersion },
  ];
}
