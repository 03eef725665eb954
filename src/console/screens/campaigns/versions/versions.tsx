import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { CampaignDetail, VersionLine } from '../../../../api/v1/schemas/campaigns.ts';
import { useList } from '../../../app/use-data.ts';
import { useSearchState } from '../../../app/use-search.ts';
import { AppLink } from '../../../parts/app-link.tsx';
import { DataTable, type Column } from '../../../parts/data-table.tsx';
import { EmptyState } from '../../../parts/empty-state.tsx';
import { Section } from '../../../parts/section.tsx';
import { StatusBadge } from '../../../parts/status-badge.tsx';
import { Time } from '../../../parts/time.tsx';
import { campaignPath } from '../campaign-paths.ts';
import { Compared } from './compared.tsx';

/** What was published when and by whom, and what differs between two of them. */
export function Versions({ campaign: { campaignId, version } }: { campaign: CampaignDetail }): ReactNode {
  const t = useTranslations('campaigns');
  const list = useList<VersionLine>(`${campaignPath(campaignId)}/versions`, { enabled: version !== null });
  const columns = useColumns(campaignId);
  const [search, change] = useSearchState();
  const none = <EmptyState title={t('unpublished')}>{t('unpublishedText')}</EmptyState>;
  if (version === null) return none;
  const to = Number(search['to'] ?? version);
  const from = Number(search['from'] ?? to - 1);
  return (
    <Stack gap="lg">
      <Section title={t('tabs.versions')}>
        <DataTable
          label={t('tabs.versions')}
          list={list}
          columns={columns}
          rowKey={(line) => line.version}
          empty={none}
        />
      </Section>
      {list.items.length > 1 && (
        <Compared
          campaignId={campaignId}
          versions={list.items.map((line) => line.version)}
          from={from}
          to={to}
          onChange={(pair) => change(pair)}
        />
      )}
    </Stack>
  );
}

function useColumns(campaignId: string): Column<VersionLine>[] {
  const t = useTranslations('campaigns');
  return [
    {
      key: 'version',
      head: t('version'),
      cell: ({ version, current }) => (
        <>
          {t('versionNo', { version })} {current && <StatusBadge tone="good">{t('inForce')}</StatusBadge>}
        </>
      ),
    },
    { key: 'who', head: t('publishedBy'), cell: ({ author }) => author },
    { key: 'at', head: t('publishedAt'), cell: ({ publishedAt }) => <Time at={publishedAt} /> },
    { key: 'hash', head: t('hash'), cell: ({ hash }) => hash.slice(0, 12) },
    {
      key: 'compare',
      head: t('compare'),
      cell: ({ version }) =>
        version > 1 && (
          <AppLink to={`/campaigns/${campaignId}`} search={{ tab: 'versions', from: version - 1, to: version }}>
            {t('withBefore', { version: version - 1 })}
          </AppLink>
        ),
    },
  ];
}
