import { Group, Select } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Survey, SurveyAnswer } from '../../../api/v1/schemas/surveys.ts';
import { useList } from '../../app/use-data.ts';
import { useSearchState } from '../../app/use-search.ts';
import { AppLink } from '../../parts/app-link.tsx';
import { CsvButton } from '../../parts/csv-button.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { EmptyState } from '../../parts/empty-state.tsx';
import { Page } from '../../parts/page.tsx';
import { Time } from '../../parts/time.tsx';
import { useChurnReason } from '../../parts/use-churn-reason.ts';

/** The answers to one campaign's survey, newest first. */
export function Screen(): ReactNode {
  const { campaignId = '' } = useParams({ strict: false });
  const t = useTranslations('surveys');
  const [{ reason }] = useSearchState();
  const path = `/v1/surveys/${encodeURIComponent(campaignId)}/answers`;
  const query = { reason };
  const list = useList<SurveyAnswer>(path, { query });
  return (
    <Page
      title={t('answersTitle', { campaign: campaignId })}
      intro={t('answersIntro')}
      actions={
        <>
          <AppLink to="/surveys">{t('back')}</AppLink>
          <CsvButton path={path} query={query} name={`answers-${campaignId}`} />
        </>
      }
    >
      <ReasonFilter campaignId={campaignId} />
      <DataTable
        label={t('answers')}
        list={list}
        columns={useColumns()}
        rowKey={({ answerNo }) => answerNo}
        empty={
          reason === undefined ? (
            <EmptyState title={t('noAnswers')}>{t('noAnswersText')}</EmptyState>
          ) : (
            <EmptyState title={t('noneSuch')} next={<AppLink to={`/surveys/${campaignId}`}>{t('showAll')}</AppLink>}>
              {t('noneSuchText')}
            </EmptyState>
          )
        }
      />
    </Page>
  );
}

function ReasonFilter({ campaignId }: { campaignId: string }): ReactNode {
  const t = useTranslations('surveys');
  const inWords = useChurnReason();
  const [{ reason }, change] = useSearchState();
  const { items } = useList<Survey>('/v1/surveys');
  const named = items.find((survey) => survey.campaignId === campaignId)?.reasons ?? [];
  const values = new Set([...named.map((each) => each.reason), ...(reason === undefined ? [] : [reason])]);
  return (
    <Group>
      <Select
        label={t('reason')}
        data={[...values].map((value) => ({ value, label: inWords(value) }))}
        value={reason ?? null}
        onChange={(value) => change({ reason: value ?? undefined })}
        placeholder={t('everyReason')}
        clearable
        clearButtonProps={{ 'aria-label': t('everyReason') }}
        w={260}
      />
    </Group>
  );
}

function useColumns(): Column<SurveyAnswer>[] {
  const t = useTranslations('surveys');
  const inWords = useChurnReason();
  return [
    { key: 'when', head: t('when'), cell: ({ answeredAt }) => <Time at={answeredAt} /> },
    {
      key: 'user',
      head: t('user'),
      cell: ({ userId }) =>
        userId === null ? t('erased') : <AppLink to={`/users/${encodeURIComponent(userId)}`}>{userId}</AppLink>,
    },
    { key: 'reason', head: t('reason'), cell: ({ reason }) => inWords(reason) },
    {
      key: 'comment',
      head: t('comment'),
      cell: ({ comment }) => (comment === null ? '–' : <span className="as-written">{comment}</span>),
    },
    {
      key: 'wave',
      head: t('wave'),
      numeric: true,
      cell: ({ waveNo }) => <AppLink to={`/waves/${waveNo}`}>{waveNo}</AppLink>,
    },
  ];
}
