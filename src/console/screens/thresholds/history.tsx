import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { LedgerProposal, ThresholdReport } from '../../../api/v1/schemas/thresholds.ts';
import { useMay } from '../../app/viewer.tsx';
import { AppLink } from '../../parts/app-link.tsx';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { Section } from '../../parts/section.tsx';
import { StatusBadge, type Tone } from '../../parts/status-badge.tsx';
import { Time } from '../../parts/time.tsx';
import { DecisionButton } from './decision-button.tsx';
import { usePolicyWords } from './use-policy-words.ts';

const TONE: Record<LedgerProposal['state'], Tone> = {
  open: 'running',
  applied: 'good',
  rejected: 'bad',
  superseded: 'quiet',
  reverted: 'waiting',
};

/** How the thresholds came to where they are: proposals with their evidence, versions, switches. */
export function HistorySections({ report }: { report: ThresholdReport }): ReactNode {
  const t = useTranslations('thresholds');
  return (
    <>
      <Section title={t('history')} about={t('historyAbout')}>
        <DataTable
          label={t('history')}
          rows={report.proposals}
          rowKey={({ proposalNo }) => proposalNo}
          empty={<Text c="dimmed">{t('historyNone')}</Text>}
          columns={useProposalColumns()}
        />
      </Section>
      <Section title={t('versions')}>
        <Versions report={report} />
      </Section>
      {report.switches.length > 0 && (
        <Section title={t('switches')}>
          <Switches report={report} />
        </Section>
      )}
    </>
  );
}

function useProposalColumns(): Column<LedgerProposal>[] {
  const t = useTranslations('thresholds');
  const words = usePolicyWords();
  const mayDecide = useMay('marketer');
  return [
    {
      key: 'proposal',
      head: t('proposal'),
      cell: (line) => (
        <Stack gap={0} maw={380}>
          <Text size="sm" fw={600}>
            {line.proposalNo} · {words.policy(line)}
          </Text>
          <Text size="sm">{line.proposal.sentence}</Text>
        </Stack>
      ),
    },
    {
      key: 'evidence',
      head: t('evidence'),
      cell: ({ campaignId, readNo, asOf }) => (
        <>
          <AppLink to={`/results/${campaignId}`} search={{ read: readNo }}>
            {`${t('readNo')} ${readNo}`}
          </AppLink>
          <br />
          <Time at={asOf} />
        </>
      ),
    },
    {
      key: 'state',
      head: t('state'),
      cell: ({ state }) => <StatusBadge tone={TONE[state]}>{t(`states.${state}`)}</StatusBadge>,
    },
    { key: 'decision', head: t('decision'), cell: (line) => <Decisions line={line} /> },
    ...(mayDecide
      ? [
          {
            key: 'revert',
            head: t('revert'),
            cell: (line: LedgerProposal) =>
              line.state === 'applied' && <DecisionButton proposal={line} verb="revert" />,
          },
        ]
      : []),
  ];
}

function Decisions({ line }: { line: LedgerProposal }): ReactNode {
  const t = useTranslations('thresholds');
  return line.decisions.map(({ decision, reason, actor, at }) => (
    <Text key={`${decision} ${at}`} size="sm">
      {t(`states.${decision}`)} · {actor} · <Time at={at} />
      <br />
      {reason}
    </Text>
  ));
}

function Versions({ report }: { report: ThresholdReport }): ReactNode {
  const t = useTranslations('thresholds');
  const words = usePolicyWords();
  return (
    <DataTable
      label={t('versions')}
      rows={report.history}
      rowKey={({ segment, action, policyVersion }) => `${segment} ${action} ${policyVersion}`}
      empty={<Text c="dimmed">{t('historyNone')}</Text>}
      columns={[
        { key: 'policy', head: t('policy'), cell: (version) => words.policy(version) },
        { key: 'version', head: t('version'), numeric: true, cell: ({ policyVersion }) => policyVersion },
        { key: 'interval', head: t('interval'), cell: (version) => words.interval(version) },
        { key: 'when', head: t('when'), cell: ({ at }) => <Time at={at} /> },
        { key: 'who', head: t('who'), cell: ({ actor }) => actor },
        { key: 'why', head: t('reason'), cell: ({ reason }) => reason },
      ]}
    />
  );
}

function Switches({ report }: { report: ThresholdReport }): ReactNode {
  const t = useTranslations('thresholds');
  const words = usePolicyWords();
  return (
    <DataTable
      label={t('switches')}
      rows={report.switches}
      rowKey={({ switchNo }) => switchNo}
      empty={null}
      columns={[
        {
          key: 'segment',
          head: t('policy'),
          cell: ({ segment }) => (segment === '*' ? t('wholeCampaign') : words.segment(segment)),
        },
        {
          key: 'to',
          head: t('switchTo'),
          cell: ({ mode, frozen }) =>
            mode === null ? t(frozen === true ? 'freezeDone' : 'unfreezeDone') : t(`modes.${mode}`),
        },
        { key: 'when', head: t('when'), cell: ({ at }) => <Time at={at} /> },
        { key: 'who', head: t('who'), cell: ({ actor }) => actor },
        { key: 'why', head: t('reason'), cell: ({ reason }) => reason },
      ]}
    />
  );
}
