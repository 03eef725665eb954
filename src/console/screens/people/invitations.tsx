import { Button, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Invitation, Person } from '../../../api/v1/schemas/people.ts';
import { api } from '../../app/api-client.ts';
import { useAction } from '../../app/use-action.ts';
import { useList } from '../../app/use-data.ts';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { Section } from '../../parts/section.tsx';
import { Time } from '../../parts/time.tsx';

/** One-time links that nobody has used yet. */
export function Invitations({ people }: { people: readonly Person[] }): ReactNode {
  const t = useTranslations('people');
  const words = useTranslations('shell');
  const list = useList<Invitation>('/v1/invitations');
  const columns: Column<Invitation>[] = [
    { key: 'for', head: t('purpose'), cell: (one) => purpose(one) },
    { key: 'role', head: t('role'), cell: ({ role }) => words(`roles.${role}`) },
    { key: 'by', head: t('by'), cell: ({ actor }) => actor },
    { key: 'expires', head: t('expires'), cell: ({ expiresAt }) => <Time at={expiresAt} /> },
    { key: 'actions', head: t('actions'), cell: (one) => <WithdrawButton invitation={one} /> },
  ];
  function purpose({ personNo }: Invitation): string {
    if (personNo === null) return t('newAccount');
    return t('passwordFor', { login: people.find((one) => one.personNo === personNo)?.login ?? String(personNo) });
  }
  return (
    <Section title={t('invitations')}>
      <DataTable
        label={t('invitations')}
        columns={columns}
        list={list}
        rowKey={({ invitationNo }) => invitationNo}
        empty={<Text c="dimmed">{t('invitationsNone')}</Text>}
      />
    </Section>
  );
}

function WithdrawButton({ invitation }: { invitation: Invitation }): ReactNode {
  const t = useTranslations('people');
  const withdraw = useAction({
    run: () => api.delete(`/v1/invitations/${invitation.invitationNo}`),
    done: t('withdrawn'),
    refresh: ['/v1/invitations'],
  });
  return (
    <Stack gap={4} align="flex-start">
      <Button size="xs" variant="default" loading={withdraw.running} onClick={() => void withdraw.start()}>
        {t('withdraw')}
      </Button>
      {withdraw.problem && <ErrorState problem={withdraw.problem} action />}
    </Stack>
  );
}
