import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { WaveReport } from '../../../api/v1/schemas/waves.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Section } from '../../parts/section.tsx';
import { Time } from '../../parts/time.tsx';

/** Who paused, resumed, approved …, newest first. */
export function WaveHistory({ report }: { report: WaveReport }): ReactNode {
  const t = useTranslations('waves');
  const said = (action: string): string => {
    const [, verb = ''] = action.split('.');
    const key = `audit.${verb}` as never;
    return t.has(key) ? t(key) : action;
  };
  return (
    <Section title={t('history')}>
      <DataTable
        label={t('history')}
        rows={report.history}
        rowKey={({ auditNo }) => auditNo}
        empty={<Text c="dimmed">{t('historyNone')}</Text>}
        columns={[
          { key: 'when', head: t('when'), cell: ({ at }) => <Time at={at} /> },
          { key: 'who', head: t('who'), cell: ({ actor }) => actor },
          { key: 'what', head: t('what'), cell: ({ action }) => said(action) },
          {
            key: 'why',
            head: t('why'),
            cell: ({ details }) => (typeof details['reason'] === 'string' ? details['reason'] : ''),
          },
        ]}
      />
    </Section>
  );
}
