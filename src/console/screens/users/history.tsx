import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { UserEntry, UserProfile } from '../../../api/v1/schemas/users.ts';
import { AppLink } from '../../parts/app-link.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Section } from '../../parts/section.tsx';
import { Time } from '../../parts/time.tsx';
import { useChurnReason } from '../../parts/use-churn-reason.ts';
import { useGlossary } from '../../parts/use-glossary.ts';

/** When which model warned, with score and reasons. */
export function Warnings({ warnings }: { warnings: UserProfile['warnings'] }): ReactNode {
  const t = useTranslations('users');
  const reason = useChurnReason();
  return (
    <Section title={t('warnings')}>
      <DataTable
        label={t('warnings')}
        rows={warnings}
        rowKey={({ warningNo }) => warningNo}
        columns={[
          { key: 'raised', head: t('raised'), cell: ({ raisedAt }) => <Time at={raisedAt} /> },
          { key: 'score', head: t('score'), numeric: true, cell: ({ score }) => score.toFixed(3) },
          { key: 'segment', head: t('segment'), cell: ({ segment }) => segment },
          { key: 'reasons', head: t('reasons'), cell: ({ reasons }) => reasons.map(reason).join(', ') },
          { key: 'model', head: t('model'), cell: ({ model }) => model },
          { key: 'expires', head: t('expires'), cell: ({ expiresAt }) => <Time at={expiresAt} /> },
        ]}
        empty={t('warningsNone')}
      />
    </Section>
  );
}

/** What the user said when asked why, and until when it is among his churn reasons. */
export function Answers({ answers }: { answers: UserProfile['answers'] }): ReactNode {
  const t = useTranslations('users');
  const inWords = useChurnReason();
  return (
    <Section title={t('answers')}>
      <DataTable
        label={t('answers')}
        rows={answers}
        rowKey={({ answerNo }) => answerNo}
        columns={[
          { key: 'when', head: t('when'), cell: ({ answeredAt }) => <Time at={answeredAt} /> },
          {
            key: 'campaign',
            head: t('campaign'),
            cell: ({ campaignId }) => <AppLink to={`/surveys/${campaignId}`}>{campaignId}</AppLink>,
          },
          { key: 'reason', head: t('reason'), cell: ({ reason }) => inWords(reason) },
          {
            key: 'comment',
            head: t('comment'),
            cell: ({ comment }) => (comment === null ? '–' : <span className="as-written">{comment}</span>),
          },
          { key: 'until', head: t('countsUntil'), cell: ({ countsUntil }) => <Time at={countsUntil} /> },
        ]}
        empty={t('answersNone')}
      />
    </Section>
  );
}

/** The campaigns that the user entered, and what chance decided there. */
export function Entries({ entries }: { entries: readonly UserEntry[] }): ReactNode {
  const t = useTranslations('users');
  const say = useGlossary();
  return (
    <Section title={t('entries')}>
      <DataTable
        label={t('entries')}
        rows={entries}
        rowKey={({ entryNo }) => entryNo}
        columns={[
          { key: 'campaign', head: t('campaign'), cell: ({ campaignId }) => campaignId },
          { key: 'wave', head: t('wave'), cell: ({ waveNo }) => <AppLink to={`/waves/${waveNo}`}>{waveNo}</AppLink> },
          { key: 'opened', head: t('opened'), cell: ({ openedAt }) => <Time at={openedAt} /> },
          { key: 'score', head: t('score'), numeric: true, cell: ({ score }) => score.toFixed(3) },
          { key: 'segment', head: t('segment'), cell: ({ segment }) => segment },
          {
            key: 'assignment',
            head: t('assignment'),
            cell: ({ arm, assignment }) => arm ?? say('assignment', assignment),
          },
          { key: 'window', head: t('windowEnds'), cell: ({ windowEndsAt }) => <Time at={windowEndsAt} /> },
        ]}
        empty={t('entriesNone')}
      />
    </Section>
  );
}
