import { Group, Select, Stack, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { MessageLine } from '../../../api/v1/schemas/messages.ts';
import { CHANNELS, MESSAGE_STATES, type MessageState } from '../../../domain/words.ts';
import { useList } from '../../app/use-data.ts';
import { useSearchState } from '../../app/use-search.ts';
import { useMay } from '../../app/viewer.tsx';
import { AppLink } from '../../parts/app-link.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Page } from '../../parts/page.tsx';
import { StatusBadge, type Tone } from '../../parts/status-badge.tsx';
import { Time } from '../../parts/time.tsx';
import { useGlossary } from '../../parts/use-glossary.ts';
import { ChosenFilters } from './chosen-filters.tsx';
import { UserLink } from './user-link.tsx';
import { SettleButton } from './settle-button.tsx';

/** The messages of a wave with their evidence; those whose fate is unknown can be settled. */
export function Screen(): ReactNode {
  const { waveNo = '' } = useParams({ strict: false });
  const t = useTranslations('waves');
  const [{ state, fate, reason, channel, step, action, arm }] = useSearchState();
  const mayOperate = useMay('operator');
  const list = useList<MessageLine>(`/v1/waves/${waveNo}/messages`, {
    query: { state, fate, reason, channel, step, action, arm },
  });
  const unknown = list.items.some((message) => message.state === 'UNKNOWN');
  return (
    <Page
      title={t('messagesOf', { no: waveNo })}
      intro={t('messagesAbout')}
      actions={
        <>
          {mayOperate && unknown && (
            <SettleButton title={t('settleAllTitle')} path={`/v1/waves/${waveNo}/settlement`} variant="light">
              {t('settleAll')}
            </SettleButton>
          )}
          <AppLink to={`/waves/${waveNo}`}>{t('backToWave', { no: waveNo })}</AppLink>
        </>
      }
    >
      <Filters />
      <DataTable
        label={t('messagesOf', { no: waveNo })}
        list={list}
        rowKey={({ messageNo }) => messageNo}
        columns={useColumns(mayOperate && unknown)}
        empty={
          <EmptyState
            title={t('messagesNone')}
            next={<AppLink to={`/waves/${waveNo}/messages`}>{t('clear')}</AppLink>}
          />
        }
      />
    </Page>
  );
}

function Filters(): ReactNode {
  const t = useTranslations('waves');
  const say = useGlossary();
  const [search, change] = useSearchState();
  const { fate, reason, step, action, arm } = search;
  const chosen = [
    step && t('step', { step }),
    fate && t(`fates.${fate as 'failed'}`),
    reason && say('reason', reason),
    arm && `${t('arm')}: ${[action, arm].filter(Boolean).join(' ')}`,
  ];
  return (
    <Group align="flex-end" gap="sm">
      <Select
        label={t('state')}
        data={MESSAGE_STATES.map((value) => ({ value, label: say('messageState', value) }))}
        value={search['state'] ?? null}
        onChange={(value) => change({ state: value ?? undefined, fate: undefined })}
        placeholder={t('anyState')}
        clearable
        clearButtonProps={{ 'aria-label': t('anyState') }}
        w={220}
      />
      <Select
        label={t('channel')}
        data={CHANNELS.map((value) => ({ value, label: say('channel', value) }))}
        value={search['channel'] ?? null}
        onChange={(value) => change({ channel: value ?? undefined })}
        placeholder={t('anyChannel')}
        clearable
        clearButtonProps={{ 'aria-label': t('anyChannel') }}
        w={160}
      />
      <ChosenFilters chosen={chosen} />
    </Group>
  );
}

const TONE: Partial<Record<MessageState, Tone>> = {
  ACCEPTED: 'good',
  DELIVERED: 'good',
  FAILED: 'bad',
  BOUNCED: 'bad',
  COMPLAINED: 'bad',
  UNKNOWN: 'waiting',
  PLANNED: 'running',
  CLAIMED: 'running',
  SUBMITTING: 'running',
};

function useColumns(maySettle: boolean): Column<MessageLine>[] {
  const t = useTranslations('waves');
  const say = useGlossary();
  return [
    { key: 'message', head: t('message'), cell: ({ messageNo }) => messageNo },
    {
      key: 'user',
      head: t('user'),
      cell: ({ userNo, userId }) => <UserLink userNo={userNo} userId={userId} />,
    },
    { key: 'channel', head: t('channel'), cell: ({ channel }) => say('channel', channel) },
    { key: 'arm', head: t('arm'), cell: ({ action, arm }) => `${say('action', action)} · ${arm}` },
    {
      key: 'state',
      head: t('state'),
      cell: ({ state, stateReason }) => (
        <Stack gap={2} align="flex-start">
          <StatusBadge tone={TONE[state] ?? 'quiet'}>{say('messageState', state)}</StatusBadge>
          {stateReason !== null && <Text size="sm">{say('reason', stateReason)}</Text>}
        </Stack>
      ),
    },
    { key: 'evidence', head: t('evidence'), cell: (message) => <Evidence message={message} /> },
    {
      key: 'planned',
      head: t('plannedAt'),
      cell: ({ plannedAt, timezone }) => <Time at={plannedAt} userZone={timezone} />,
    },
    { key: 'changed', head: t('changedAt'), cell: ({ changedAt }) => <Time at={changedAt} seconds /> },
    ...(maySettle
      ? [{ key: 'settle', head: t('settle'), cell: (message: MessageLine) => <Settle message={message} /> }]
      : []),
  ];
}

function Evidence({ message }: { message: MessageLine }): ReactNode {
  const t = useTranslations('waves');
  const { lastAttempt, tries, provider, providerId } = message;
  const said = lastAttempt?.evidence ?? lastAttempt?.result ?? (providerId === null ? t('noEvidence') : undefined);
  return (
    <Stack gap={2} maw={280}>
      {said !== undefined && <Text size="sm">{said}</Text>}
      <Text size="sm" c="dimmed">
        {[tries > 0 && t('attempts', { count: tries }), lastAttempt?.class, provider, providerId]
          .filter(Boolean)
          .join(' · ')}
      </Text>
    </Stack>
  );
}

function Settle({ message }: { message: MessageLine }): ReactNode {
  const t = useTranslations('waves');
  if (message.state !== 'UNKNOWN') return null;
  return (
    <SettleButton
      title={t('settleTitle', { no: String(message.messageNo) })}
      path={`/v1/messages/${message.messageNo}/settlement`}
      size="xs"
      variant="default"
    >
      {t('settle')}
    </SettleButton>
  );
}
