import { Code, Group, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { AuditRow } from '../../../api/v1/schemas/audit.ts';
import { useList } from '../../app/use-data.ts';
import { useSearchState } from '../../app/use-search.ts';
import { useMay, useViewer } from '../../app/viewer.tsx';
import { AppLink } from '../../parts/app-link.tsx';
import { CsvButton } from '../../parts/csv-button.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Page } from '../../parts/page.tsx';
import { PeriodInputs } from '../../parts/period-inputs.tsx';
import { Time } from '../../parts/time.tsx';
import { zonedToIso } from '../waves/zoned-time.ts';
import { Details } from './details.tsx';
import { Verification } from './verification.tsx';

const TYPING_MS = 300;
const DAY_MS = 86_400_000;
const FILTERS = ['actor', 'action', 'subject'] as const;

/** Who did what, the newest first. */
export function Screen(): ReactNode {
  const t = useTranslations('audit');
  const mayVerify = useMay('operator');
  const [{ actor, action, subject, from, to }] = useSearchState();
  const query = { actor, action, subject, ...useDays({ from, to }) };
  const list = useList<AuditRow>('/v1/audit', { query });
  const filtered = (actor ?? action ?? subject ?? from ?? to) !== undefined;
  const columns: Column<AuditRow>[] = [
    { key: 'no', head: t('no'), cell: ({ auditNo }) => auditNo, numeric: true },
    { key: 'at', head: t('at'), cell: ({ at }) => <Time at={at} seconds /> },
    { key: 'actor', head: t('actor'), cell: (row) => row.actor },
    { key: 'action', head: t('action'), cell: (row) => <Code>{row.action}</Code> },
    { key: 'subject', head: t('subject'), cell: (row) => <Subject subject={row.subject} /> },
    { key: 'details', head: t('details'), cell: ({ details }) => <Details details={details} /> },
  ];
  return (
    <Page title={t('title')} intro={t('intro')}>
      {mayVerify && <Verification />}
      <Group align="flex-end" gap="sm">
        {FILTERS.map((name) => (
          <Filter key={name} name={name} />
        ))}
        <PeriodInputs labels={{ from: t('from'), to: t('to') }} />
        <CsvButton path="/v1/audit" query={query} name="audit" />
      </Group>
      <DataTable
        label={t('list')}
        list={list}
        columns={columns}
        rowKey={({ auditNo }) => auditNo}
        empty={
          <EmptyState title={t('none')} next={filtered && <AppLink to="/audit">{t('showAllLines')}</AppLink>}>
            {t(filtered ? 'noneSuchText' : 'noneText')}
          </EmptyState>
        }
      />
    </Page>
  );
}

function Filter({ name }: { name: (typeof FILTERS)[number] }): ReactNode {
  const t = useTranslations('audit');
  const [search, change] = useSearchState();
  const present = search[name] ?? '';
  const [typed, setTyped] = useState(present);
  const [wanted] = useDebouncedValue(typed.trim(), TYPING_MS);
  useEffect(() => {
    if (wanted !== present) change({ [name]: wanted === '' ? undefined : wanted });
  }, [wanted]);
  useEffect(() => {
    if (present !== wanted) setTyped(present);
  }, [present]);
  return (
    <TextInput
      label={t(name)}
      description={t(`${name}Hint`)}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      w={260}
    />
  );
}

/** The days of a period as moments, in the viewer's zone; the last day belongs to it. */
function useDays({ from, to }: { from: string | undefined; to: string | undefined }): { from?: string; to?: string } {
  const { timeZone } = useViewer();
  const startOf = (day: string, later: number): string => {
    const date = new Date(Date.parse(day) + later * DAY_MS).toISOString().slice(0, 10);
    return zonedToIso(`${date}T00:00`, timeZone);
  };
  const isDay = (text: string | undefined): text is string => text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text);
  return { ...(isDay(from) && { from: startOf(from, 0) }), ...(isDay(to) && { to: startOf(to, 1) }) };
}

/** Subjects that have a screen under their number. */
const SCREENS: Readonly<Record<string, string>> = { wave: '/waves', task: '/tasks' };

function Subject({ subject }: Pick<AuditRow, 'subject'>): ReactNode {
  const [, noun = '', no = ''] = /^(\w+)\/(\d+)$/.exec(subject) ?? [];
  const screen = SCREENS[noun];
  if (screen === undefined) return <span className="breakable">{subject}</span>;
  return <AppLink to={`${screen}/${no}`}>{subject}</AppLink>;
}
