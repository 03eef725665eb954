import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { ThresholdReport } from '../../../api/v1/schemas/thresholds.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Money } from '../../parts/numbers.tsx';
import { Section } from '../../parts/section.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { bandText } from './scores.ts';
import { usePolicyWords } from './use-policy-words.ts';

/** Which bands the week's budget reaches, best value per cost first. */
export function BudgetSection({ report }: { report: ThresholdReport }): ReactNode {
  const t = useTranslations('thresholds');
  const words = usePolicyWords();
  const order = report.cycle?.budgetOrder ?? null;
  if (order === null || order.length === 0) return null;
  return (
    <Section title={t('budget')} about={t('budgetAbout')}>
      <DataTable
        label={t('budget')}
        rows={order}
        rowKey={({ segment, action, band }) => `${segment} ${action} ${band}`}
        empty={null}
        columns={[
          { key: 'policy', head: t('policy'), cell: (line) => words.policy(line) },
          { key: 'band', head: t('band'), cell: ({ band }) => bandText(band, report.bands) },
          {
            key: 'cost',
            head: t('weeklyCost'),
            numeric: true,
            cell: ({ weeklyCost }) => <Money minor={Math.round(weeklyCost)} currency={report.currency} />,
          },
          {
            key: 'within',
            head: t('state'),
            cell: ({ within }) => (
              <StatusBadge tone={within ? 'good' : 'quiet'}>{t(within ? 'fits' : 'fitsNot')}</StatusBadge>
            ),
          },
        ]}
      />
    </Section>
  );
}
