import { Group, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { InboxLine, InboxPage } from '../../../api/v1/schemas/inbox.ts';
import { useData, useList } from '../../app/use-data.ts';
import { useSearchState } from '../../app/use-search.ts';
import { AppLink } from '../../parts/app-link.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Page } from '../../parts/page.tsx';
import { Time } from '../../parts/time.tsx';
import { useGlossary } from '../../parts/use-glossary.ts';

const CHANNELS = ['email', 'sms', 'push'];
const TYPING_MS = 300;

/** What the stand-ins received, newest first. */
export function Screen(): ReactNode {
  const t = useTranslations('inbox');
  const say = useGlossary();
  const [{ channel }, change] = useSearchState();
  const [typed, setTyped] = useState('');
  const [to] = useDebouncedValue(typed.trim(), TYPING_MS);
  const query = { channel, to: to === '' ? undefined : to };
  const first = useData<InboxPage>('/v1/inbox', { query: { limit: 1 } });
  const list = useList<InboxLine>('/v1/inbox', { query });
  const columns: Column<InboxLine>[] = [
    { key: 'at', head: t('at'), cell: ({ at }) => <Time at={at} seconds /> },
    { key: 'channel', head: t('channel'), cell: (line) => say('channel', line.channel) },
    { key: 'to', head: t('to'), cell: (line) => line.to },
    {
      key: 'title',
      head: t('message'),
      cell: (line) => <AppLink to={`/inbox/${line.channel}/${encodeURIComponent(line.id)}`}>{line.title}</AppLink>,
    },
  ];
  if (first.data?.standIns === false) {
    return (
      <Page title={t('title')} intro={t('intro')}>
        <EmptyState title={t('live')} next={<AppLink to="/waves">{t('toWaves')}</AppLink>}>
          {t('liveText')}
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page title={t('title')} intro={t('intro')}>
      <Group align="flex-end" gap="sm">
        <Select
          label={t('channel')}
          data={CHANNELS.map((value) => ({ value, label: say('channel', value) }))}
          value={channel ?? null}
          onChange={(value) => change({ channel: value ?? undefined })}
          placeholder={t('all')}
          clearable
          clearButtonProps={{ 'aria-label': t('all') }}
          w={180}
        />
        <TextInput
          label={t('to')}
          description={t('toHint')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          w={280}
        />
      </Group>
      <DataTable
        label={t('messages')}
        list={list}
        columns={columns}
        rowKey={({ channel: by, id }) => `${by} ${id}`}
        empty={
          <EmptyState title={t('none')} next={<AppLink to="/waves">{t('toWaves')}</AppLink>}>
            {t('noneText')}
          </EmptyState>
        }
      />
    </Page>
  );
}
