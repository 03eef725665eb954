import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { WaveReport } from '../../../api/v1/schemas/waves.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Count, Rate } from '../../parts/numbers.tsx';
import { Section } from '../../parts/section.tsx';
import { useGlossary } from '../../parts/use-glossary.ts';

/** The groups of an experiment that was imported from a file. */
export function RecordedGroups({ groups }: { groups: NonNullable<WaveReport['recorded']> }): ReactNode {
  const t = useTranslations('waves');
  const say = useGlossary();
  return (
    <Section title={t('recorded')} about={t('recordedAbout')}>
      <DataTable
        label={t('recorded')}
        rows={groups}
        rowKey={({ action, group, probability }) => `${action} ${group} ${probability}`}
        empty={null}
        columns={[
          { key: 'action', head: t('action'), cell: ({ action }) => say('action', action) },
          { key: 'group', head: t('group'), cell: ({ group }) => say('assignment', group) },
          { key: 'entries', head: t('entries'), numeric: true, cell: ({ entries }) => <Count value={entries} /> },
          {
            key: 'probability',
            head: t('probability'),
            numeric: true,
            cell: ({ probability }) => <Rate rate={probability} />,
          },
        ]}
      />
    </Section>
  );
}
