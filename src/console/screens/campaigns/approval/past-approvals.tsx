import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Draft } from '../../../../api/v1/schemas/drafts.ts';
import { DataTable, type Column } from '../../../parts/data-table.tsx';
import { Count } from '../../../parts/numbers.tsx';
import { Section } from '../../../parts/section.tsx';
import { StatusBadge } from '../../../parts/status-badge.tsx';
import { Time } from '../../../parts/time.tsx';

type Line = Draft['approvals'][number];

/** The last approvals: what became of each, and why one was voided. */
export function PastApprovals({ approvals }: { approvals: readonly Line[] }): ReactNode {
  const t = useTranslations('campaigns');
  return (
    <Section title={t('approvals')}>
      <DataTable
        label={t('approvals')}
        rows={approvals}
        columns={useColumns()}
        rowKey={({ approvalNo }) => approvalNo}
        empty={<Text c="dimmed">{t('noApprovals')}</Text>}
      />
    </Section>
  );
}

function useColumns(): Column<Line>[] {
  const t = useTranslations('campaigns');
  return [
    { key: 'who', head: t('approver'), cell: ({ approver }) => approver },
    { key: 'at', head: t('approvedAt'), cell: ({ at }) => <Time at={at} /> },
    { key: 'revision', head: t('revision'), numeric: true, cell: ({ revision }) => revision },
    { key: 'most', head: t('maxAudience'), numeric: true, cell: ({ maxAudience }) => <Count value={maxAudience} /> },
    { key: 'became', head: t('became'), cell: (line) => <Became line={line} /> },
  ];
}

function Became({ line: { voidedAt, voidedWhy, publishedVersion } }: { line: Line }): ReactNode {
  const t = useTranslations('campaigns');
  if (publishedVersion !== null) {
    return <StatusBadge tone="good">{t('becameVersion', { version: publishedVersion })}</StatusBadge>;
  }
  if (voidedAt === null) return <StatusBadge tone="running">{t('stands')}</StatusBadge>;
  return (
    <>
      <StatusBadge tone="quiet">{t('void')}</StatusBadge>{' '}
      <Text span size="sm">
        {voidedWhy}, <Time at={voidedAt} />
      </Text>
    </>
  );
}
