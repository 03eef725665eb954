import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { UserLine } from '../../../api/v1/schemas/users.ts';
import { useList } from '../../app/use-data.ts';
import { useSearchState } from '../../app/use-search.ts';
import { useMay } from '../../app/viewer.tsx';
import { AppLink } from '../../parts/app-link.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Page } from '../../parts/page.tsx';
import { Time } from '../../parts/time.tsx';

const TYPING_MS = 300;

/** Finds users by the beginning of id, e-mail address or phone number. */
export function Screen(): ReactNode {
  const t = useTranslations('users');
  const seesAddresses = useMay('marketer');
  const [{ query = '' }, change] = useSearchState();
  const [typed, setTyped] = useState(query);
  const [wanted] = useDebouncedValue(typed.trim(), TYPING_MS);
  useEffect(() => {
    if (wanted !== query) change({ query: wanted === '' ? undefined : wanted });
  }, [wanted]);
  const list = useList<UserLine>('/v1/users', { query: { query: query === '' ? undefined : query } });
  const address = (value: string | null): string => value ?? (seesAddresses ? t('noAddress') : t('hidden'));
  const columns: Column<UserLine>[] = [
    {
      key: 'id',
      head: t('id'),
      cell: ({ userId }) => <AppLink to={`/users/${encodeURIComponent(userId)}`}>{userId}</AppLink>,
    },
    { key: 'email', head: t('email'), cell: (user) => address(user.email) },
    { key: 'phone', head: t('phone'), cell: (user) => address(user.phone) },
    { key: 'language', head: t('language'), cell: ({ locale }) => locale ?? t('unknown') },
    { key: 'zone', head: t('zone'), cell: ({ timezone }) => timezone ?? t('unknown') },
    { key: 'imported', head: t('imported'), cell: ({ importedAt }) => <Time at={importedAt} /> },
  ];
  return (
    <Page title={t('title')} intro={t('intro')}>
      <TextInput
        type="search"
        label={t('search')}
        description={t('searchHint')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        maw={420}
      />
      <DataTable
        label={t('list')}
        list={list}
        columns={columns}
        rowKey={({ userNo }) => userNo}
        empty={
          <EmptyState title={t('none')} next={<AppLink to="/imports">{t('toImports')}</AppLink>}>
            {t('noneText')}
          </EmptyState>
        }
      />
    </Page>
  );
}
