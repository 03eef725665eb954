import { Button, Group, Skeleton, Stack, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { List } from '../app/use-data.ts';
import { ErrorState } from './error-state.tsx';

/** One column of a table. */
export interface Column<Row> {
  key: string;
  head: ReactNode;
  cell(row: Row): ReactNode;
  /** Right-aligned, digits of one width. */
  numeric?: boolean;
}

interface DataTableProps<Row> {
  /** What the table holds, for screen readers. */
  label: string;
  columns: readonly Column<Row>[];
  rowKey(row: Row): string | number;
  /** Shown instead of a table without rows: why, and what to do next. */
  empty: ReactNode;
  /** From useList, with its paging … */
  list?: List<Row>;
  /** … or rows that are all there. */
  rows?: readonly Row[];
}

/** A table with its waiting, failed and empty states; scrolls sideways on a phone. */
export function DataTable<Row>(props: DataTableProps<Row>): ReactNode {
  const { label, columns, rowKey, empty, list } = props;
  const rows = props.rows ?? list?.items ?? [];
  if (list?.problem && rows.length === 0) return <ErrorState problem={list.problem} again={() => list.again()} />;
  if (list?.loading) return <Waiting />;
  if (rows.length === 0) return empty;
  return (
    <Stack gap="xs">
      <Table.ScrollContainer
        minWidth={Math.min(columns.length * 110, 900)}
        type="native"
        tabIndex={0}
        aria-label={label}
      >
        <Table highlightOnHover verticalSpacing="xs" aria-label={label}>
          <Table.Thead>
            <Table.Tr>
              {columns.map(({ key, head, numeric }) => (
                <Table.Th key={key} scope="col" {...(numeric && { className: 'number' })}>
                  {head}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={rowKey(row)}>
                {columns.map(({ key, cell, numeric }) => (
                  <Table.Td key={key} {...(numeric && { className: 'number' })}>
                    {cell(row)}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {list && <More list={list} />}
    </Stack>
  );
}

function More<Row>({ list }: { list: List<Row> }): ReactNode {
  const t = useTranslations('parts');
  return (
    <Group justify="space-between">
      <Text size="sm" c="dimmed" aria-live="polite">
        {t(list.hasMore ? 'moreRows' : 'allRows', { count: list.items.length })}
      </Text>
      {list.hasMore && (
        <Button variant="default" size="xs" loading={list.loadingMore} onClick={() => list.loadMore()}>
          {t('more')}
        </Button>
      )}
    </Group>
  );
}

function Waiting(): ReactNode {
  const t = useTranslations('parts');
  return (
    <Stack gap="xs" role="status" aria-label={t('loading')}>
      {[0, 1, 2, 3].map((line) => (
        <Skeleton key={line} height={28} />
      ))}
    </Stack>
  );
}
