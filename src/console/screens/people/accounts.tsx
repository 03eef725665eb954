import { Button, Group, Select, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Person } from '../../../api/v1/schemas/people.ts';
import { ROLES, type Role } from '../../../domain/roles.ts';
import { api } from '../../app/api-client.ts';
import { useAction } from '../../app/use-action.ts';
import type { List } from '../../app/use-data.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { ErrorState } from '../../parts/error-state.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { Time } from '../../parts/time.tsx';
import type { MadeLink } from './people.tsx';

/** Everybody with an account: role, state, and what an admin may do with it. */
export function Accounts({ people, onLink }: { people: List<Person>; onLink(link: MadeLink): void }): ReactNode {
  const t = useTranslations('people');
  const columns: Column<Person>[] = [
    { key: 'name', head: t('name'), cell: ({ name }) => name },
    { key: 'login', head: t('login'), cell: ({ login }) => login },
    { key: 'role', head: t('role'), cell: (person) => <RoleSelect person={person} /> },
    { key: 'since', head: t('since'), cell: ({ createdAt }) => <Time at={createdAt} /> },
    {
      key: 'state',
      head: t('state'),
      cell: ({ disabledAt, loopbackOnly }) => (
        <Stack gap={4} align="flex-start">
          <StatusBadge tone={disabledAt === null ? 'good' : 'quiet'}>
            {disabledAt === null ? t('active') : t('disabled')}
          </StatusBadge>
          {loopbackOnly && <StatusBadge tone="waiting">{t('demo')}</StatusBadge>}
        </Stack>
      ),
    },
    { key: 'actions', head: t('actions'), cell: (person) => <PersonActions person={person} onLink={onLink} /> },
  ];
  return (
    <DataTable label={t('people')} columns={columns} list={people} rowKey={({ personNo }) => personNo} empty={null} />
  );
}

function RoleSelect({ person }: { person: Person }): ReactNode {
  const t = useTranslations('people');
  const words = useTranslations('shell');
  const change = useAction({
    run: (role: Role) => api.patch<Person>(`/v1/people/${person.personNo}`, { role }),
    done: t('changed'),
    refresh: ['/v1/people'],
  });
  return (
    <Stack gap={4}>
      <Select
        aria-label={t('roleOf', { name: person.name })}
        size="xs"
        w={140}
        data={ROLES.map((role) => ({ value: role, label: words(`roles.${role}`) }))}
        value={person.role}
        allowDeselect={false}
        disabled={change.running}
        onChange={(role) => role !== null && role !== person.role && void change.start(role as Role)}
      />
      {change.problem && <ErrorState problem={change.problem} action />}
    </Stack>
  );
}

function PersonActions({ person, onLink }: { person: Person; onLink(link: MadeLink): void }): ReactNode {
  const t = useTranslations('people');
  const path = `/v1/people/${person.personNo}`;
  const { name } = person;
  const refresh = ['/v1/people', '/v1/invitations'];
  const disable = useAction({ run: () => api.patch(path, { disabled: true }), done: t('changed'), refresh });
  const enable = useAction({ run: () => api.patch(path, { disabled: false }), done: t('changed'), refresh });
  const end = useAction({ run: () => api.delete(`${path}/sessions`), done: t('ended'), refresh });
  const password = useAction({
    run: (_input: void, key) =>
      api.post<{ url: string }>('/v1/invitations', { role: person.role, personNo: person.personNo }, key),
    onDone: ({ url }) => onLink({ url, name }),
    refresh,
  });
  const problem = enable.problem ?? password.problem;
  if (person.disabledAt !== null) {
    return (
      <>
        <Button size="xs" variant="default" loading={enable.running} onClick={() => void enable.start()}>
          {t('enable')}
        </Button>
        {problem && <ErrorState problem={problem} action />}
      </>
    );
  }
  return (
    <Stack gap={4}>
      <Group gap={6}>
        <Button size="xs" variant="default" loading={password.running} onClick={() => void password.start()}>
          {t('newPassword')}
        </Button>
        <ConfirmButton
          size="xs"
          variant="default"
          action={end}
          title={t('endSessionsTitle', { name })}
          question={t('endSessionsQuestion')}
        >
          {t('endSessions')}
        </ConfirmButton>
        <ConfirmButton
          size="xs"
          variant="default"
          action={disable}
          title={t('disableTitle', { name })}
          question={t('disableQuestion')}
        >
          {t('disable')}
        </ConfirmButton>
      </Group>
      {problem && <ErrorState problem={problem} action />}
    </Stack>
  );
}
