import { Select } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { ImportLine } from '../../../api/v1/schemas/imports.ts';
import { useList } from '../../app/use-data.ts';
import { useSearchState } from '../../app/use-search.ts';
import { useMay } from '../../app/viewer.tsx';
import { AppLink } from '../../parts/app-link.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Count } from '../../parts/numbers.tsx';
import { Page } from '../../parts/page.tsx';
import { Time } from '../../parts/time.tsx';
import { KINDS, type ImportKind } from './guess-kind.ts';
import { RejectsLink } from './report.tsx';
import { RunningImports } from './running-imports.tsx';
import { Upload } from './upload.tsx';

/** Files in, and what became of them. */
export function Screen(): ReactNode {
  const t = useTranslations('imports');
  const mayImport = useMay('operator');
  const [{ kind }, change] = useSearchState();
  const list = useList<ImportLine>('/v1/imports', { query: { kind } });
  return (
    <Page title={t('title')} intro={t('intro')}>
      {mayImport && <Upload />}
      <RunningImports />
      <Select
        label={t('kind')}
        data={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        value={kind ?? null}
        onChange={(value) => change({ kind: value ?? undefined })}
        placeholder={t('allKinds')}
        clearable
        clearButtonProps={{ 'aria-label': t('allKinds') }}
        w={240}
      />
      <DataTable
        label={t('log')}
        list={list}
        columns={useColumns()}
        rowKey={({ importNo }) => importNo}
        empty={
          <EmptyState
            title={t('none')}
            next={kind === undefined ? undefined : <AppLink to="/imports">{t('showAll')}</AppLink>}
          >
            {t(kind !== undefined ? 'noneSuchText' : mayImport ? 'noneText' : 'askOperator')}
          </EmptyState>
        }
      />
    </Page>
  );
}

function useColumns(): Column<ImportLine>[] {
  const t = useTranslations('imports');
  const named = (kind: string): string =>
    KINDS.includes(kind as ImportKind) ? t(`kinds.${kind as ImportKind}`) : kind;
  return [
    { key: 'no', head: t('no'), cell: ({ importNo }) => importNo, numeric: true },
    { key: 'finished', head: t('finished'), cell: ({ finishedAt }) => <Time at={finishedAt} seconds /> },
    { key: 'kind', head: t('kind'), cell: ({ kind }) => named(kind) },
    { key: 'source', head: t('file'), cell: ({ source }) => <FileName source={source} /> },
    { key: 'actor', head: t('by'), cell: ({ actor }) => actor },
    { key: 'accepted', head: t('accepted'), cell: ({ accepted }) => <Count value={accepted} />, numeric: true },
    { key: 'changed', head: t('changed'), cell: ({ changed }) => <Count value={changed} />, numeric: true },
    { key: 'rejected', head: t('rejected'), cell: ({ rejected }) => <Count value={rejected} />, numeric: true },
    { key: 'rejects', head: t('rejects'), cell: (line) => <RejectsLink line={line} /> },
  ];
}

/** The last part of a path; the whole of it on pointing. */
function FileName({ source }: { source: string }): ReactNode {
  return (
    <span className="breakable" title={source}>
      {source.split(/[/\\]/).at(-1)}
    </span>
  );
}
