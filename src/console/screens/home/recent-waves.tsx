import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { WaveSummary } from '../../../api/v1/schemas/waves.ts';
import { AppLink } from '../../parts/app-link.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Section } from '../../parts/section.tsx';
import { LocalDate, Time } from '../../parts/time.tsx';
import { WaveAudience } from '../waves/wave-audience.tsx';
import { WaveState } from '../waves/wave-state.tsx';

/** The last waves that are over or only wait for follow-ups. */
export function RecentWaves({ waves }: { waves: readonly WaveSummary[] }): ReactNode {
  const t = useTranslations('home');
  const columns: Column<WaveSummary>[] = [
    { key: 'wave', head: t('waveColumn'), cell: ({ waveNo }) => <AppLink to={`/waves/${waveNo}`}>{waveNo}</AppLink> },
    {
      key: 'campaign',
      head: t('campaign'),
      cell: ({ campaignId }) => <AppLink to={`/campaigns/${campaignId}`}>{campaignId}</AppLink>,
    },
    { key: 'date', head: t('date'), cell: ({ localDate }) => <LocalDate date={localDate} /> },
    { key: 'state', head: t('state'), cell: ({ state }) => <WaveState state={state} /> },
    {
      key: 'audience',
      head: t('audience'),
      numeric: true,
      cell: (wave) => <WaveAudience wave={wave} />,
    },
    { key: 'finished', head: t('finished'), cell: ({ finishedAt }) => (finishedAt ? <Time at={finishedAt} /> : '–') },
  ];
  return (
    <Section title={t('recent')}>
      <DataTable
        label={t('recent')}
        columns={columns}
        rows={waves}
        rowKey={({ waveNo }) => waveNo}
        empty={<EmptyState title={t('recentNone')}>{t('recentNoneText')}</EmptyState>}
      />
    </Section>
  );
}
