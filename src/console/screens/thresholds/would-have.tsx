import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { LedgerProposal, ThresholdReport } from '../../../api/v1/schemas/thresholds.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { useEffectText } from '../results/use-effect-text.ts';
import { bandText, changedBands } from './scores.ts';

/** The bands that a step adds or gives up, with the users of a week and what they were worth. */
export function WouldHave({ report, line }: { report: ThresholdReport; line: LedgerProposal }): ReactNode {
  const t = useTranslations('thresholds');
  const format = useFormatter();
  const text = useEffectText({ kind: 'mean', currency: report.currency });
  const policy = report.policies.find(({ segment, action }) => segment === line.segment && action === line.action);
  const changed = changedBands(line.proposal, policy?.values ?? [], report.bands);
  if (changed.length === 0) return null;
  return (
    <div>
      <Text size="sm" fw={600}>
        {t('wouldHave')}
      </Text>
      <DataTable
        label={t('wouldHave')}
        rows={changed}
        rowKey={({ value }) => value.band}
        empty={null}
        columns={[
          { key: 'band', head: t('band'), cell: ({ value }) => bandText(value.band, report.bands) },
          {
            key: 'users',
            head: t('usersPerWeek'),
            numeric: true,
            cell: ({ value }) => format.number(value.usersPerWeek, { maximumFractionDigits: 1 }),
          },
          { key: 'what', head: t('decision'), cell: ({ treated }) => t(treated ? 'treated' : 'notTreated') },
          { key: 'value', head: t('value'), numeric: true, cell: ({ value }) => text.interval(value.posterior) },
          {
            key: 'gain',
            head: t('delta'),
            numeric: true,
            cell: ({ value, treated }) =>
              text.difference((treated ? 1 : -1) * value.usersPerWeek * value.posterior.value),
          },
        ]}
      />
    </div>
  );
}
