import { Select } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Suppression, UserProfile } from '../../../api/v1/schemas/users.ts';
import { CHANNELS } from '../../../domain/words.ts';
import { addressOf, api } from '../../app/api-client.ts';
import { useMay } from '../../app/viewer.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { ReasonButton } from '../../parts/reason-button.tsx';
import { Section } from '../../parts/section.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { Time } from '../../parts/time.tsx';
import { useGlossary } from '../../parts/use-glossary.ts';

/** On which channels nothing may be sent, since when and why; operators add and lift. */
export function Suppressions({ user, path }: { user: UserProfile; path: string }): ReactNode {
  const t = useTranslations('users');
  const may = useMay('operator');
  const channelName = useChannelName();
  return (
    <Section
      title={t('suppressions')}
      actions={may && user.erasedAt === null && <SuppressButton userId={user.userId} path={path} />}
    >
      <DataTable
        label={t('suppressions')}
        rows={user.suppressions}
        rowKey={({ suppressionNo }) => suppressionNo}
        columns={[
          { key: 'channel', head: t('channel'), cell: ({ channel }) => channelName(channel) },
          { key: 'when', head: t('when'), cell: ({ at }) => <Time at={at} userZone={user.timezone} /> },
          { key: 'reason', head: t('reason'), cell: ({ reason }) => reason },
          { key: 'by', head: t('by'), cell: ({ actor }) => actor },
          { key: 'state', head: t('state'), cell: (row) => <State row={row} may={may} path={path} /> },
        ]}
        empty={t('suppressionsNone')}
      />
    </Section>
  );
}

function useChannelName(): (channel: string) => string {
  const t = useTranslations('users');
  const say = useGlossary();
  return (channel) => (channel === 'all' ? t('everyChannel') : say('channel', channel));
}

function State({ row, may, path }: { row: Suppression; may: boolean; path: string }): ReactNode {
  const t = useTranslations('users');
  if (row.liftedAt !== null) {
    return (
      <>
        {t('liftedOn')} <Time at={row.liftedAt} />
      </>
    );
  }
  if (!may) return <StatusBadge tone="bad">{t('inForce')}</StatusBadge>;
  return (
    <>
      <StatusBadge tone="bad">{t('inForce')}</StatusBadge>{' '}
      <ReasonButton
        size="xs"
        variant="default"
        title={t('liftTitle')}
        question={t('liftQuestion')}
        confirm={t('lift')}
        done={t('lifted')}
        refresh={[path]}
        run={(reason) => api.delete(addressOf(`${path}/suppressions`, { channel: row.channel, reason }))}
      >
        {t('lift')}
      </ReasonButton>
    </>
  );
}

function SuppressButton({ userId, path }: { userId: string; path: string }): ReactNode {
  const t = useTranslations('users');
  const channelName = useChannelName();
  const [channel, setChannel] = useState('all');
  return (
    <ReasonButton
      variant="default"
      title={t('suppressTitle', { user: userId })}
      question={t('suppressQuestion')}
      confirm={t('suppress')}
      done={t('suppressed')}
      refresh={[path]}
      run={(reason, key) => api.post(`${path}/suppressions`, { channel, reason }, key)}
      fields={
        <Select
          label={t('channel')}
          data={['all', ...CHANNELS].map((value) => ({ value, label: channelName(value) }))}
          value={channel}
          onChange={(value) => setChannel(value ?? 'all')}
          allowDeselect={false}
        />
      }
    >
      {t('suppress')}
    </ReasonButton>
  );
}
