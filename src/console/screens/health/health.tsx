import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { HealthDetails } from '../../../api/v1/schemas/health.ts';
import { useData } from '../../app/use-data.ts';
import { AppLink } from '../../parts/app-link.tsx';
import { DataState } from '../../parts/data-state.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Page } from '../../parts/page.tsx';
import { Facts, Section } from '../../parts/section.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { Ago, Time } from '../../parts/time.tsx';
import { useGlossary } from '../../parts/use-glossary.ts';
import { NextStarts } from './next-starts.tsx';
import { Throttles } from './throttles.tsx';

const LOOK_AGAIN_MS = 10_000;

/** Whether the parts of the installation answer, who works, and what starts next. */
export function Screen(): ReactNode {
  const t = useTranslations('health');
  const data = useData<HealthDetails>('/v1/health/details', { every: LOOK_AGAIN_MS });
  return (
    <Page title={t('title')} intro={t('intro')}>
      <DataState data={data}>
        {(health) => (
          <>
            <Parts health={health} />
            <Throttles />
            <NextStarts schedules={health.schedules} />
            <Figures database={health.database} />
            <Workers workers={health.workers} />
            <Text size="sm" c="dimmed">
              {t('metrics')}
            </Text>
          </>
        )}
      </DataState>
    </Page>
  );
}

function Parts({ health }: { health: HealthDetails }): ReactNode {
  const t = useTranslations('health');
  const well = health.status === 'ok';
  return (
    <Section title={well ? t('allWell') : t('notWell')}>
      <Stack gap="xs" role={well ? undefined : 'alert'}>
        {health.parts.map(({ part, ok, ms }) => (
          <Group key={part} gap="xs">
            <StatusBadge tone={ok ? 'good' : 'bad'}>{t(`part.${part}`)}</StatusBadge>
            <Text size="sm">{ok ? said(part, ms) : t(`silent.${part}`)}</Text>
          </Group>
        ))}
      </Stack>
    </Section>
  );
  function said(part: HealthDetails['parts'][number]['part'], ms: number | null): string {
    return part === 'worker' ? t('working', { count: health.workers.length }) : t('answers', { ms: String(ms ?? 0) });
  }
}

function Figures({ database }: { database: HealthDetails['database'] }): ReactNode {
  const t = useTranslations('health');
  const format = useFormatter();
  const say = useGlossary();
  if (!database) return null;
  const when = (at: string | null): ReactNode => (at === null ? t('never') : <Time at={at} />);
  const megabytes = { style: 'unit', unit: 'megabyte', maximumFractionDigits: 0 } as const;
  return (
    <Section title={t('figures')}>
      <Facts
        facts={[
          [t('version'), database.version],
          [t('size'), format.number(database.bytes / 1e6, megabytes)],
          [t('lastWave'), when(database.lastWaveAt)],
          [t('lastImport'), when(database.lastImportAt)],
          [t('alarmsOfDay'), database.alarmsOfDay],
          [t('untold'), database.untoldAlarms],
        ]}
      />
      <Group gap="md" aria-label={t('wavesInState')} role="group">
        {Object.entries(database.waves).map(([state, count]) => (
          <AppLink key={state} to="/waves" search={{ state }} size="sm">
            {say('waveState', state)}: {format.number(count)}
          </AppLink>
        ))}
      </Group>
    </Section>
  );
}

function Workers({ workers }: { workers: HealthDetails['workers'] }): ReactNode {
  const t = useTranslations('health');
  if (workers.length === 0) return null;
  return (
    <Section title={t('workers')}>
      <DataTable
        label={t('workers')}
        rows={workers}
        rowKey={({ identity }) => identity}
        empty={null}
        columns={[
          { key: 'identity', head: t('identity'), cell: ({ identity }) => identity },
          { key: 'seen', head: t('lastSeen'), cell: ({ lastSeenAt }) => lastSeenAt && <Ago at={lastSeenAt} /> },
        ]}
      />
    </Section>
  );
}
