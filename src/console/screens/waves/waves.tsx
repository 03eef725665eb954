import { Button, Group, Select } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { WaveSummary } from '../../../api/v1/schemas/waves.ts';
import { WAVE_STATES } from '../../../domain/words.ts';
import { useList } from '../../app/use-data.ts';
import { useSearchState } from '../../app/use-search.ts';
import { useMay } from '../../app/viewer.tsx';
import { AppLink } from '../../parts/app-link.tsx';
import { CampaignSelect } from '../../parts/campaign-select.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Page } from '../../parts/page.tsx';
import { PeriodInputs } from '../../parts/period-inputs.tsx';
import { LocalDate, Time } from '../../parts/time.tsx';
import { useGlossary } from '../../parts/use-glossary.ts';
import { WaveAudience } from './wave-audience.tsx';
import { WaveState } from './wave-state.tsx';

const LOOK_EVERY_MS = 10_000;

/** Every wave, newest first. */
export function Screen(): ReactNode {
  const t = useTranslations('waves');
  const [{ campaign, state, from, to }] = useSearchState();
  const list = useList<WaveSummary>('/v1/waves', { query: { campaign, state, from, to }, every: LOOK_EVERY_MS });
  const mayRehearse = useMay('marketer');
  const filtered = [campaign, state, from, to].some((value) => value !== undefined && value !== '');
  const rehearse = mayRehearse && (
    <Button
      variant="default"
      renderRoot={(props) => (
        <Link to="/waves/rehearsal" {...(campaign && { search: { campaign } as never })} {...props} />
      )}
    >
      {t('rehearse')}
    </Button>
  );
  return (
    <Page title={t('title')} intro={t('intro')} actions={rehearse}>
      <Filters />
      <DataTable
        label={t('title')}
        list={list}
        columns={useColumns()}
        rowKey={({ waveNo }) => waveNo}
        empty={
          filtered ? (
            <EmptyState title={t('noneMatch')} next={<AppLink to="/waves">{t('clear')}</AppLink>} />
          ) : (
            <EmptyState title={t('none')} next={rehearse}>
              {t('noneText')}
            </EmptyState>
          )
        }
      />
    </Page>
  );
}

function Filters(): ReactNode {
  const t = useTranslations('waves');
  const say = useGlossary();
  const [{ campaign, state }, change] = useSearchState();
  return (
    <Group align="flex-end" gap="sm">
      <CampaignSelect
        label={t('campaign')}
        value={campaign ?? null}
        onChange={(id) => change({ campaign: id ?? undefined })}
        clearable
      />
      <Select
        label={t('state')}
        placeholder={t('anyState')}
        data={WAVE_STATES.map((value) => ({ value, label: say('waveState', value) }))}
        value={state ?? null}
        onChange={(value) => change({ state: value ?? undefined })}
        clearable
        clearButtonProps={{ 'aria-label': t('anyState') }}
        w={200}
      />
      <PeriodInputs labels={{ from: t('from'), to: t('to') }} />
    </Group>
  );
}

/** Sent by something else, before the import: when that ran isn't known. */
function isRecorded({ trigger }: WaveSummary): boolean {
  return trigger === 'recorded';
}

function useColumns(): Column<WaveSummary>[] {
  const t = useTranslations('waves');
  return [
    {
      key: 'wave',
      head: t('wave'),
      cell: ({ waveNo }) => <AppLink to={`/waves/${waveNo}`}>{t('waveNo', { no: String(waveNo) })}</AppLink>,
    },
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
    {
      key: 'started',
      head: t('started'),
      cell: (wave) => (isRecorded(wave) ? t('pastExperiment') : <Time at={wave.createdAt} />),
    },
    {
      key: 'finished',
      head: t('finished'),
      cell: (wave) => (wave.finishedAt === null || isRecorded(wave) ? '–' : <Time at={wave.finishedAt} />),
    },
  ];
}
