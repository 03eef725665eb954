import { Group, Select } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { WayLine } from '../../../api/v1/schemas/waves.ts';
import { DISPOSITIONS, RUNGS } from '../../../domain/words.ts';
import { useList } from '../../app/use-data.ts';
import { useSearchState } from '../../app/use-search.ts';
import { AppLink } from '../../parts/app-link.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Page } from '../../parts/page.tsx';
import { Time } from '../../parts/time.tsx';
import { useGlossary } from '../../parts/use-glossary.ts';
import { ChosenFilters } from './chosen-filters.tsx';
import { UserLink } from './user-link.tsx';

/** The users behind a number of a wave: how far each came, and why no further. */
export function Screen(): ReactNode {
  const { waveNo = '' } = useParams({ strict: false });
  const t = useTranslations('waves');
  const [{ step, disposition, rung, past, reason, action, arm, drawn, outcome }] = useSearchState();
  const query = { step, disposition, rung, past, reason, action, arm, drawn, outcome };
  const list = useList<WayLine>(`/v1/waves/${waveNo}/ways`, { query });
  return (
    <Page
      title={t('usersOf', { no: waveNo })}
      intro={t('usersAbout')}
      actions={<AppLink to={`/waves/${waveNo}`}>{t('backToWave', { no: waveNo })}</AppLink>}
    >
      <Filters />
      <DataTable
        label={t('usersOf', { no: waveNo })}
        list={list}
        rowKey={(way) => `${way.step} ${way.userNo}`}
        columns={useColumns(waveNo)}
        empty={
          <EmptyState title={t('usersNone')} next={<AppLink to={`/waves/${waveNo}/users`}>{t('clear')}</AppLink>} />
        }
      />
    </Page>
  );
}

function Filters(): ReactNode {
  const t = useTranslations('waves');
  const say = useGlossary();
  const [search, change] = useSearchState();
  const { step, past, reason, action, arm, drawn, outcome } = search;
  const chosen = [
    step && t('step', { step }),
    past && t('pastRung', { rung: say('rung', past) }),
    reason && say('reason', reason),
    arm && `${t('arm')}: ${[action, arm].filter(Boolean).join(' ')}`,
    drawn && t(`drawnFor.${drawn as 'arm'}`),
    outcome && t(`outcomes.${outcome as 'returned'}`),
  ];
  return (
    <Group align="flex-end" gap="sm">
      <Select
        label={t('disposition')}
        data={[
          { value: 'reached', label: t('reachedUsers') },
          ...DISPOSITIONS.map((value) => ({ value, label: say('disposition', value) })),
        ]}
        value={search['disposition'] ?? null}
        onChange={(value) => change({ disposition: value ?? undefined })}
        placeholder={t('allUsers')}
        clearable
        clearButtonProps={{ 'aria-label': t('allUsers') }}
        w={180}
      />
      <Select
        label={t('stoppedAt')}
        data={RUNGS.map((value) => ({ value, label: say('rung', value) }))}
        value={search['rung'] ?? null}
        onChange={(value) => change({ rung: value ?? undefined, reason: undefined })}
        placeholder={t('allUsers')}
        clearable
        clearButtonProps={{ 'aria-label': t('allUsers') }}
        w={240}
      />
      <ChosenFilters chosen={chosen} />
    </Group>
  );
}

function useColumns(waveNo: string): Column<WayLine>[] {
  const t = useTranslations('waves');
  const say = useGlossary();
  return [
    {
      key: 'user',
      head: t('user'),
      cell: (way) => <UserLink userNo={way.userNo} userId={way.userId} />,
    },
    { key: 'step', head: t('step', { step: '' }), numeric: true, cell: (way) => way.step },
    { key: 'disposition', head: t('disposition'), cell: (way) => say('disposition', way.disposition) },
    { key: 'stopped', head: t('stoppedAt'), cell: (way) => (way.rung === null ? '–' : say('rung', way.rung)) },
    { key: 'why', head: t('why'), cell: (way) => (way.reason === null ? '–' : say('reason', way.reason)) },
    { key: 'action', head: t('action'), cell: (way) => (way.action === null ? '–' : say('action', way.action)) },
    {
      key: 'arm',
      head: t('arm'),
      cell: (way) => way.arm ?? (way.assignment === null ? '–' : say('assignment', way.assignment)),
    },
    { key: 'channel', head: t('channel'), cell: (way) => (way.channel === null ? '–' : say('channel', way.channel)) },
    {
      key: 'at',
      head: t('plannedAt'),
      cell: (way) => (way.plannedAt === null ? '–' : <Time at={way.plannedAt} userZone={way.timezone} />),
    },
    {
      key: 'message',
      head: t('message'),
      cell: (way) =>
        way.state === null ? (
          '–'
        ) : (
          <AppLink to={`/waves/${waveNo}/messages`} search={{ state: way.state, step: way.step }}>
            {say('messageState', way.state)}
          </AppLink>
        ),
    },
  ];
}
