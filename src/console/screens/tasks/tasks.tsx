import { Group, Select, Switch } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Task } from '../../../api/v1/schemas/tasks.ts';
import { useList } from '../../app/use-data.ts';
import { useSearchState } from '../../app/use-search.ts';
import { useMay, useViewer } from '../../app/viewer.tsx';
import { AppLink } from '../../parts/app-link.tsx';
import { CampaignSelect } from '../../parts/campaign-select.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Page } from '../../parts/page.tsx';
import { Time } from '../../parts/time.tsx';
import { ClaimButton } from './task-actions.tsx';
import { DueTime, TaskState } from './task-state.tsx';

const STATES = ['open', 'claimed', 'done', 'dropped'] as const;

/** The account managers' queue, what is due first on top. */
export function Screen(): ReactNode {
  const t = useTranslations('tasks');
  const { person } = useViewer();
  const [{ state, campaign, mine }, change] = useSearchState();
  const list = useList<Task>('/v1/tasks', {
    query: { state, campaign, assignee: mine === undefined ? undefined : person.login },
    every: 30_000,
  });
  const filtered = state !== undefined || campaign !== undefined || mine !== undefined;
  return (
    <Page title={t('title')} intro={t('intro')}>
      <Group align="flex-end" gap="sm">
        <Select
          label={t('state')}
          data={STATES.map((value) => ({ value, label: t(`states.${value}`) }))}
          value={state ?? null}
          onChange={(value) => change({ state: value ?? undefined })}
          placeholder={t('unfinished')}
          clearable
          clearButtonProps={{ 'aria-label': t('unfinished') }}
          w={200}
        />
        <CampaignSelect
          label={t('campaign')}
          value={campaign ?? null}
          onChange={(value) => change({ campaign: value ?? undefined })}
          clearable
        />
        <Switch
          label={t('mine')}
          checked={mine !== undefined}
          onChange={(event) => change({ mine: event.currentTarget.checked ? 'yes' : undefined })}
          mb={8}
        />
      </Group>
      <DataTable
        label={t('list')}
        list={list}
        columns={useColumns()}
        rowKey={({ taskNo }) => taskNo}
        empty={
          filtered ? (
            <EmptyState title={t('noneSuch')} next={<AppLink to="/tasks">{t('showUnfinished')}</AppLink>}>
              {t('noneSuchText')}
            </EmptyState>
          ) : (
            <EmptyState title={t('none')} next={<AppLink to="/campaigns">{t('toCampaigns')}</AppLink>}>
              {t('noneText')}
            </EmptyState>
          )
        }
      />
    </Page>
  );
}

function useColumns(): Column<Task>[] {
  const t = useTranslations('tasks');
  const mayWork = useMay('operator');
  return [
    {
      key: 'title',
      head: t('task'),
      cell: ({ taskNo, title }) => <AppLink to={`/tasks/${taskNo}`}>{title}</AppLink>,
    },
    {
      key: 'user',
      head: t('user'),
      cell: ({ userId }) => <AppLink to={`/users/${encodeURIComponent(userId)}`}>{userId}</AppLink>,
    },
    { key: 'campaign', head: t('campaign'), cell: ({ campaignId }) => campaignId },
    { key: 'due', head: t('due'), cell: (task) => <DueTime task={task} /> },
    { key: 'created', head: t('created'), cell: ({ createdAt }) => <Time at={createdAt} /> },
    { key: 'state', head: t('state'), cell: ({ state }) => <TaskState state={state} /> },
    { key: 'assignee', head: t('assignee'), cell: ({ assignee }) => assignee ?? t('nobody') },
    ...(mayWork
      ? [{ key: 'actions', head: t('actions'), cell: (task: Task) => <ClaimButton task={task} size="xs" /> }]
      : []),
  ];
}
