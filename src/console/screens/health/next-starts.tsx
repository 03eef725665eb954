import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { HealthDetails } from '../../../api/v1/schemas/health.ts';
import { AppLink } from '../../parts/app-link.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Section } from '../../parts/section.tsx';
import { StatusBadge, type Tone } from '../../parts/status-badge.tsx';
import { Time } from '../../parts/time.tsx';

type Schedule = NonNullable<HealthDetails['schedules']>[number];

const TONE: Record<Schedule['state'], Tone> = { active: 'good', paused: 'waiting', missing: 'bad' };

/** When each campaign's next wave and next learning start. */
export function NextStarts({ schedules }: { schedules: readonly Schedule[] | null }): ReactNode {
  const t = useTranslations('health');
  const columns: Column<Schedule>[] = [
    {
      key: 'campaign',
      head: t('campaign'),
      cell: ({ campaignId }) => <AppLink to={`/campaigns/${campaignId}`}>{campaignId}</AppLink>,
    },
    {
      key: 'state',
      head: t('state'),
      cell: ({ state }) => <StatusBadge tone={TONE[state]}>{t(`states.${state}`)}</StatusBadge>,
    },
    { key: 'at', head: t('at'), cell: ({ at, timezone }) => `${at} ${timezone}` },
    { key: 'next', head: t('next'), cell: ({ next }) => (next[0] === undefined ? '–' : <Time at={next[0]} />) },
    {
      key: 'learning',
      head: t('learning'),
      cell: ({ learning }) => (learning.next === null ? '–' : <Time at={learning.next} />),
    },
  ];
  return (
    <Section title={t('schedules')}>
      {schedules === null ? (
        <Text c="dimmed">{t('schedulesUnknown')}</Text>
      ) : (
        <DataTable
          label={t('schedules')}
          columns={columns}
          rows={schedules}
          rowKey={({ campaignId }) => campaignId}
          empty={
            <EmptyState title={t('schedulesNone')} next={<AppLink to="/campaigns">{t('campaign')}</AppLink>}>
              {t('schedulesNoneText')}
            </EmptyState>
          }
        />
      )}
    </Section>
  );
}
