import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { ApiKey } from '../../../api/v1/schemas/people.ts';
import { api } from '../../app/api-client.ts';
import { useAction } from '../../app/use-action.ts';
import { useList } from '../../app/use-data.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { SecretOnce } from '../../parts/secret-once.tsx';
import { Section } from '../../parts/section.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { Time } from '../../parts/time.tsx';
import { NewKeyButton } from './new-key-button.tsx';

/** Keys of programs: what they may do, until when, and the way to end them. */
export function Keys(): ReactNode {
  const t = useTranslations('people');
  const list = useList<ApiKey>('/v1/keys');
  const [made, setMade] = useState<string | null>(null);
  const columns: Column<ApiKey>[] = [
    { key: 'name', head: t('keyName'), cell: ({ name }) => name },
    { key: 'key', head: t('key'), cell: ({ prefix }) => `${prefix}…` },
    { key: 'scopes', head: t('scopes'), cell: ({ scopes }) => scopes.join(', ') },
    { key: 'by', head: t('by'), cell: ({ actor }) => actor },
    { key: 'created', head: t('created'), cell: ({ createdAt }) => <Time at={createdAt} /> },
    {
      key: 'expires',
      head: t('expires'),
      cell: ({ expiresAt }) => (expiresAt === null ? t('never') : <Time at={expiresAt} />),
    },
    {
      key: 'state',
      head: t('state'),
      cell: ({ valid, revokedAt }) => (
        <StatusBadge tone={valid ? 'good' : 'quiet'}>
          {valid ? t('valid') : revokedAt === null ? t('expired') : t('revoked')}
        </StatusBadge>
      ),
    },
    { key: 'actions', head: t('actions'), cell: (key) => (key.valid ? <RevokeButton row={key} /> : null) },
  ];
  return (
    <Section title={t('keys')} about={t('keysText')} actions={<NewKeyButton onMade={setMade} />}>
      {made !== null && <SecretOnce title={t('keyMade')} text={t('keyMadeText')} secret={made} />}
      <DataTable
        label={t('keys')}
        columns={columns}
        list={list}
        rowKey={({ keyNo }) => keyNo}
        empty={<EmptyState title={t('keysNone')}>{t('keysNoneText')}</EmptyState>}
      />
    </Section>
  );
}

function RevokeButton({ row }: { row: ApiKey }): ReactNode {
  const t = useTranslations('people');
  const revoke = useAction({
    run: () => api.delete(`/v1/keys/${row.keyNo}`),
    done: t('revokedDone'),
    refresh: ['/v1/keys'],
  });
  return (
    <ConfirmButton
      size="xs"
      variant="default"
      action={revoke}
      title={t('revokeTitle', { name: row.name })}
      question={t('revokeQuestion')}
      confirm={t('revoke')}
    >
      {t('revoke')}
    </ConfirmButton>
  );
}
