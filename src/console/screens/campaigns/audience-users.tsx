import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { AudienceUser } from '../../../api/v1/schemas/campaigns.ts';
import { useList } from '../../app/use-data.ts';
import { useSearchState } from '../../app/use-search.ts';
import { AppLink } from '../../parts/app-link.tsx';
import { CsvButton } from '../../parts/csv-button.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Page } from '../../parts/page.tsx';
import { Time } from '../../parts/time.tsx';
import { useChurnReason } from '../../parts/use-churn-reason.ts';
import { campaignPath } from './campaign-paths.ts';

/** The users behind a number of a campaign's audience. */
export function Screen(): ReactNode {
  const t = useTranslations('audience');
  const { campaignId = '' } = useParams({ strict: false });
  const [{ at, segment, action, score, entered, reason }] = useSearchState();
  const path = `${campaignPath(campaignId)}/audience/users`;
  const query = { at, segment, action, score, entered, reason };
  const list = useList<AudienceUser>(path, { query });
  return (
    <Page
      title={t('title', { campaign: campaignId })}
      intro={
        <>
          {t('intro')} {at !== undefined && t.rich('asOf', { at: () => <Time at={at} /> })}
        </>
      }
      actions={
        <>
          <CsvButton path={path} query={query} name={`audience-${campaignId}`} />
          <AppLink to={`/campaigns/${campaignId}`}>{t('back')}</AppLink>
        </>
      }
    >
      <Chosen />
      <DataTable
        label={t('title', { campaign: campaignId })}
        list={list}
        columns={useColumns()}
        rowKey={({ userNo }) => userNo}
        empty={<EmptyState title={t('none')} next={<AppLink to={`/campaigns/${campaignId}`}>{t('back')}</AppLink>} />}
      />
    </Page>
  );
}

/** What the list is narrowed to, in words. */
function Chosen(): ReactNode {
  const t = useTranslations('audience');
  const inWords = useChurnReason();
  const [{ at, segment, action, score, entered, reason }] = useSearchState();
  const chosen = [
    segment && `${t('segment')}: ${segment}`,
    action && (action === 'none' ? t('noAction') : `${t('action')}: ${action}`),
    score && t(`scores.${score as 'inside'}`),
    entered && t(entered === 'true' ? 'entered' : 'notEntered'),
    reason && `${t('reasons')}: ${inWords(reason)}`,
  ].filter(Boolean);
  if (chosen.length === 0) return null;
  return (
    <span>
      {chosen.join(' · ')}{' '}
      <AppLink to="." search={{ at }}>
        {t('clear')}
      </AppLink>
    </span>
  );
}

function useColumns(): Column<AudienceUser>[] {
  const t = useTranslations('audience');
  const format = useFormatter();
  const inWords = useChurnReason();
  return [
    {
      key: 'user',
      head: t('user'),
      cell: ({ userId }) => <AppLink to={`/users/${encodeURIComponent(userId)}`}>{userId}</AppLink>,
    },
    { key: 'segment', head: t('segment'), cell: ({ segment }) => segment },
    {
      key: 'score',
      head: t('score'),
      numeric: true,
      cell: ({ score }) => format.number(score, { minimumFractionDigits: 2, maximumFractionDigits: 3 }),
    },
    { key: 'place', head: t('place'), cell: (user) => t(`scores.${placeOf(user)}`) },
    { key: 'action', head: t('action'), cell: ({ action }) => action ?? t('noAction') },
    { key: 'reasons', head: t('reasons'), cell: ({ reasons }) => reasons.map(inWords).join(t('comma')) },
    { key: 'entered', head: t('entry'), cell: ({ entered }) => t(entered ? 'entered' : 'notEntered') },
    { key: 'raised', head: t('raised'), cell: ({ raisedAt }) => <Time at={raisedAt} /> },
  ];
}

function placeOf({ inside, exploring }: AudienceUser): 'inside' | 'exploring' | 'outside' {
  if (inside) return 'inside';
  return exploring ? 'exploring' : 'outside';
}
