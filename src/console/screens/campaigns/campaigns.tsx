import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { CampaignLine } from '../../../api/v1/schemas/campaigns.ts';
import { useList } from '../../app/use-data.ts';
import { useMay } from '../../app/viewer.tsx';
import { AppLink } from '../../parts/app-link.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Count } from '../../parts/numbers.tsx';
import { Page } from '../../parts/page.tsx';
import { LocalDate, Time } from '../../parts/time.tsx';
import { WaveState } from '../waves/wave-state.tsx';
import { CampaignState, DraftState } from './campaign-state.tsx';
import { NewCampaign } from './new-campaign.tsx';
import { useInLocale } from './use-in-locale.ts';

const LOOK_EVERY_MS = 30_000;

/** Every campaign: whether it runs, when next, what it did last, and what is being changed. */
export function Screen(): ReactNode {
  const t = useTranslations('campaigns');
  const list = useList<CampaignLine>('/v1/campaigns', { every: LOOK_EVERY_MS });
  const begin = useMay('marketer') ? <NewCampaign /> : undefined;
  return (
    <Page title={t('title')} intro={t('intro')} actions={begin}>
      <DataTable
        label={t('title')}
        list={list}
        columns={useColumns()}
        rowKey={({ campaignId }) => campaignId}
        empty={
          <EmptyState title={t('none')} next={begin}>
            {t('noneText')}
          </EmptyState>
        }
      />
    </Page>
  );
}

function useColumns(): Column<CampaignLine>[] {
  const t = useTranslations('campaigns');
  return [
    { key: 'campaign', head: t('campaign'), cell: (line) => <Name line={line} /> },
    { key: 'state', head: t('state'), cell: ({ state }) => <CampaignState state={state} /> },
    {
      key: 'version',
      head: t('version'),
      numeric: true,
      cell: ({ campaignId, version }) =>
        version === null ? (
          '–'
        ) : (
          <AppLink to={`/campaigns/${campaignId}`} search={{ tab: 'versions' }}>
            {version}
          </AppLink>
        ),
    },
    { key: 'next', head: t('nextRun'), cell: ({ nextRun }) => (nextRun === null ? '–' : <Time at={nextRun} />) },
    { key: 'wave', head: t('lastWave'), cell: ({ lastWave }) => <LastWave wave={lastWave} /> },
    { key: 'draft', head: t('openDraft'), cell: (line) => <OpenDraft line={line} /> },
  ];
}

function Name({ line: { campaignId, name } }: { line: CampaignLine }): ReactNode {
  const inLocale = useInLocale();
  const said = inLocale(name);
  return (
    <>
      <AppLink to={`/campaigns/${campaignId}`}>{said ?? campaignId}</AppLink>
      {said !== undefined && (
        <Text size="sm" c="dimmed">
          {campaignId}
        </Text>
      )}
    </>
  );
}

/** The last wave with its state and audience; a dash before the first. */
export function LastWave({ wave }: { wave: CampaignLine['lastWave'] }): ReactNode {
  const t = useTranslations('campaigns');
  if (!wave) return '–';
  return (
    <Stack gap={2} align="flex-start">
      <AppLink to={`/waves/${wave.waveNo}`}>
        <LocalDate date={wave.localDate} />
      </AppLink>
      <WaveState state={wave.state} />
      <AppLink to={`/waves/${wave.waveNo}/users`} size="sm">
        <Count value={wave.audience} /> {t('usersWord', { count: wave.audience })}
      </AppLink>
    </Stack>
  );
}

function OpenDraft({ line: { campaignId, draft } }: { line: CampaignLine }): ReactNode {
  const t = useTranslations('campaigns');
  if (!draft) return '–';
  return (
    <Stack gap={2} align="flex-start">
      <AppLink to={`/campaigns/${campaignId}`} search={{ tab: 'approval' }}>
        {t('revisionBy', { revision: draft.revision, who: draft.editor })}
      </AppLink>
      <DraftState draft={draft} />
    </Stack>
  );
}
