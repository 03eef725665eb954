import { Alert, List, SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { Rehearsal } from '../../../api/v1/schemas/wave-orders.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { CountAlone } from '../../parts/count-link.tsx';
import { Money } from '../../parts/numbers.tsx';
import { Facts, Section } from '../../parts/section.tsx';
import { useGlossary } from '../../parts/use-glossary.ts';
import { RehearsedHours } from './rehearsed-hours.tsx';
import { byActionArmChannel } from './rehearsed-groups.ts';

/** What a rehearsal found. */
export function Rehearsed({ rehearsal }: { rehearsal: Rehearsal }): ReactNode {
  const t = useTranslations('waves');
  const { audience, contacted, deferred, coupons, costMinor, currency, approval, version } = rehearsal;
  const blocked = rehearsal.blocked.reduce((sum, { users }) => sum + users, 0);
  const heldOut = rehearsal.heldOut.reduce((sum, { users }) => sum + users, 0);
  return (
    <>
      {approval !== null && <Alert color="yellow">{t('wouldWait', { why: approval })}</Alert>}
      <Facts
        facts={[
          [t('campaign'), `${rehearsal.campaignId}, ${t('version', { version: String(version) })}`],
          [t('audience'), <CountAlone value={audience} />],
          [t('wouldContact'), <CountAlone value={contacted} />],
          [t('wouldDefer'), <CountAlone value={deferred} />],
          [t('heldOut'), <CountAlone value={heldOut} />],
          [t('wouldBlock'), <CountAlone value={blocked} />],
          [t('coupons'), <CountAlone value={coupons} />],
          [t('cost'), <Money minor={costMinor} currency={currency} />],
        ]}
      />
      {contacted + deferred === 0 && (
        <Alert color="yellow" title={t('nobody')}>
          {t(audience === 0 ? 'nobodyWarned' : 'nobodyText')}
        </Alert>
      )}
      <Groups rehearsal={rehearsal} />
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Blocked rehearsal={rehearsal} />
        <Section title={t('byHour')}>
          <RehearsedHours rehearsal={rehearsal} />
        </Section>
      </SimpleGrid>
      <Channels rehearsal={rehearsal} />
    </>
  );
}

function Groups({ rehearsal }: { rehearsal: Rehearsal }): ReactNode {
  const t = useTranslations('waves');
  const say = useGlossary();
  const { currency } = rehearsal;
  return (
    <Section title={t('byAction')}>
      <DataTable
        label={t('byAction')}
        rows={byActionArmChannel(rehearsal.messages)}
        rowKey={({ action, arm, channel }) => `${action} ${arm} ${channel}`}
        empty={<Text c="dimmed">{t('nobody')}</Text>}
        columns={[
          { key: 'action', head: t('action'), cell: ({ action }) => say('action', action) },
          { key: 'arm', head: t('arm'), cell: ({ arm }) => arm },
          { key: 'channel', head: t('channel'), cell: ({ channel }) => say('channel', channel) },
          { key: 'users', head: t('users'), numeric: true, cell: ({ users }) => <CountAlone value={users} /> },
          { key: 'coupons', head: t('coupons'), numeric: true, cell: ({ coupons }) => <CountAlone value={coupons} /> },
          {
            key: 'cost',
            head: t('cost'),
            numeric: true,
            cell: ({ costMinor }) => <Money minor={costMinor} currency={currency} />,
          },
        ]}
      />
    </Section>
  );
}

function Blocked({ rehearsal }: { rehearsal: Rehearsal }): ReactNode {
  const t = useTranslations('waves');
  const say = useGlossary();
  return (
    <Section title={t('blockedWhy')}>
      <DataTable
        label={t('blockedWhy')}
        rows={rehearsal.blocked.toSorted((a, b) => b.users - a.users)}
        rowKey={({ rung, reason }) => `${rung} ${reason}`}
        empty={<Text c="dimmed">{t('nobodyBlocked')}</Text>}
        columns={[
          { key: 'rung', head: t('rung'), cell: ({ rung }) => say('rung', rung) },
          { key: 'reason', head: t('reason'), cell: ({ reason }) => say('reason', reason) },
          { key: 'users', head: t('users'), numeric: true, cell: ({ users }) => <CountAlone value={users} /> },
        ]}
      />
      {rehearsal.heldOut.length > 0 && (
        <>
          <Text fw={600}>{t('heldOutWhy')}</Text>
          <List size="sm">
            {rehearsal.heldOut.map(({ kind, users }) => (
              <List.Item key={kind}>
                {say('reason', kind)}: <CountAlone value={users} />
              </List.Item>
            ))}
          </List>
        </>
      )}
    </Section>
  );
}

function Channels({ rehearsal }: { rehearsal: Rehearsal }): ReactNode {
  const t = useTranslations('waves');
  const say = useGlossary();
  const format = useFormatter();
  const minutes = (seconds: number): string =>
    seconds < 90
      ? format.number(Math.ceil(seconds), { style: 'unit', unit: 'second' })
      : format.number(Math.ceil(seconds / 60), { style: 'unit', unit: 'minute' });
  if (rehearsal.channels.length === 0) return null;
  return (
    <Section title={t('time')}>
      <DataTable
        label={t('time')}
        rows={rehearsal.channels}
        rowKey={({ channel }) => channel}
        empty={null}
        columns={[
          { key: 'channel', head: t('channel'), cell: ({ channel }) => say('channel', channel) },
          {
            key: 'messages',
            head: t('messages'),
            numeric: true,
            cell: ({ messages }) => <CountAlone value={messages} />,
          },
          {
            key: 'rate',
            head: t('perSecond'),
            numeric: true,
            cell: ({ perSecond }) => (perSecond === null ? '–' : format.number(perSecond)),
          },
          {
            key: 'time',
            head: t('seconds'),
            numeric: true,
            cell: ({ seconds }) => (seconds === null ? t('noSeconds') : minutes(seconds)),
          },
        ]}
      />
    </Section>
  );
}
