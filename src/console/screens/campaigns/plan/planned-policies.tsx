import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { CampaignPlan } from '../../../../api/v1/schemas/drafts.ts';
import { DataTable, type Column } from '../../../parts/data-table.tsx';

type Line = CampaignPlan['policies'][number];

/** Live thresholds beside those of the file, where learning moved them apart. */
export function PlannedPolicies({ policies }: { policies: readonly Line[] }): ReactNode {
  const t = useTranslations('campaigns');
  const columns = useColumns();
  if (policies.length === 0) return null;
  return (
    <>
      <Text size="sm">{t('policiesDiffer')}</Text>
      <DataTable
        label={t('policiesDiffer')}
        rows={policies}
        columns={columns}
        rowKey={({ segment, action }) => `${segment} ${action}`}
        empty={null}
      />
    </>
  );
}

function useColumns(): Column<Line>[] {
  const t = useTranslations('campaigns');
  const format = useFormatter();
  const interval = ({ lo, hi }: { lo: number; hi: number }): string => {
    const score = (value: number): string => format.number(value, { maximumFractionDigits: 3 });
    return t('fromTo', { lo: score(lo), hi: score(hi) });
  };
  return [
    { key: 'segment', head: t('segment'), cell: ({ segment }) => (segment === '*' ? t('everyone') : segment) },
    { key: 'action', head: t('action'), cell: ({ action }) => action },
    { key: 'live', head: t('live'), cell: ({ live }) => interval(live) },
    { key: 'file', head: t('inFile'), cell: ({ file }) => interval(file) },
  ];
}
