import { Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Survey } from '../../../api/v1/schemas/surveys.ts';
import { useList } from '../../app/use-data.ts';
import { AppLink } from '../../parts/app-link.tsx';
import { CsvButton } from '../../parts/csv-button.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Count, Rate } from '../../parts/numbers.tsx';
import { Page } from '../../parts/page.tsx';
import { Time } from '../../parts/time.tsx';
import { useChurnReason } from '../../parts/use-churn-reason.ts';

const PATH = '/v1/surveys';

/** Campaigns that ask why: how many were asked, how many answered, and what. */
export function Screen(): ReactNode {
  const t = useTranslations('surveys');
  const list = useList<Survey>(PATH);
  return (
    <Page title={t('title')} intro={t('intro')} actions={<CsvButton path={PATH} query={{}} name="surveys" />}>
      <DataTable
        label={t('list')}
        list={list}
        columns={useColumns()}
        rowKey={({ campaignId }) => campaignId}
        empty={
          <EmptyState title={t('none')} next={<AppLink to="/campaigns">{t('toCampaigns')}</AppLink>}>
            {t('noneText')}
          </EmptyState>
        }
      />
    </Page>
  );
}

function useColumns(): Column<Survey>[] {
  const t = useTranslations('surveys');
  return [
    {
      key: 'campaign',
      head: t('campaign'),
      cell: ({ campaignId }) => <AppLink to={`/surveys/${campaignId}`}>{campaignId}</AppLink>,
    },
    { key: 'asked', head: t('asked'), numeric: true, cell: ({ asked }) => <Count value={asked} /> },
    {
      key: 'answered',
      head: t('answered'),
      numeric: true,
      cell: ({ asked, answered }) => (
        <Rate rate={asked === 0 ? null : answered / asked} part={answered} whole={asked} />
      ),
    },
    { key: 'reasons', head: t('reasons'), cell: (row) => <Reasons survey={row} /> },
    {
      key: 'last',
      head: t('last'),
      cell: ({ lastAnswerAt }) => (lastAnswerAt === null ? '–' : <Time at={lastAnswerAt} />),
    },
  ];
}

/** Each reason with its number, which leads to the answers behind it. */
function Reasons({ survey: { campaignId, reasons } }: { survey: Survey }): ReactNode {
  const t = useTranslations('surveys');
  const inWords = useChurnReason();
  if (reasons.length === 0) return t('nobody');
  return (
    <Group gap="xs" component="span">
      {reasons.map(({ reason, answered }) => (
        <AppLink key={reason} to={`/surveys/${campaignId}`} search={{ reason }}>
          {t('reasonCount', { reason: inWords(reason), count: answered })}
        </AppLink>
      ))}
    </Group>
  );
}
