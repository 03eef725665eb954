import { Button, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { SessionLine } from '../../../api/v1/schemas/session.ts';
import { api } from '../../app/api-client.ts';
import { useAction } from '../../app/use-action.ts';
import { useList } from '../../app/use-data.ts';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { Section } from '../../parts/section.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { Ago, Time } from '../../parts/time.tsx';
import { browserName } from './browser-name.ts';

/** Where the viewer is logged in, each with the way out. */
export function OwnSessions(): ReactNode {
  const t = useTranslations('account');
  const list = useList<SessionLine>('/v1/me/sessions');
  const columns: Column<SessionLine>[] = [
    {
      key: 'device',
      head: t('device'),
      cell: ({ userAgent }) => (
        <Text size="sm" maw={380} lineClamp={2}>
          {userAgent === null ? t('unknownDevice') : browserName(userAgent)}
        </Text>
      ),
    },
    { key: 'since', head: t('since'), cell: ({ createdAt }) => <Time at={createdAt} /> },
    { key: 'seen', head: t('lastSeen'), cell: ({ lastSeenAt }) => <Ago at={lastSeenAt} /> },
    { key: 'expires', head: t('expires'), cell: ({ expiresAt }) => <Time at={expiresAt} /> },
    {
      key: 'actions',
      head: t('actions'),
      cell: (line) =>
        line.current ? <StatusBadge tone="good">{t('here')}</StatusBadge> : <EndButton sessionNo={line.sessionNo} />,
    },
  ];
  return (
    <Section title={t('sessions')}>
      <DataTable
        label={t('sessions')}
        columns={columns}
        list={list}
        rowKey={({ sessionNo }) => sessionNo}
        empty={null}
      />
    </Section>
  );
}

function EndButton({ sessionNo }: { sessionNo: number }): ReactNode {
  const t = useTranslations('account');
  const end = useAction({
    run: () => api.delete(`/v1/me/sessions/${sessionNo}`),
    done: t('ended'),
    refresh: ['/v1/me/sessions'],
  });
  return (
    <Stack gap={4} align="flex-start">
      <Button size="xs" variant="default" loading={end.running} onClick={() => void end.start()}>
        {t('end')}
      </Button>
      {end.problem && <ErrorState problem={end.problem} action />}
    </Stack>
  );
}
