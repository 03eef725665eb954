import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { LedgerProposal, ThresholdReport } from '../../../api/v1/schemas/thresholds.ts';
import { useMay } from '../../app/viewer.tsx';
import { AppLink } from '../../parts/app-link.tsx';
import { toneOf } from '../../parts/interval-axis.tsx';
import { Money } from '../../parts/numbers.tsx';
import { Facts, Section } from '../../parts/section.tsx';
import { EffectRows } from '../results/effect-rows.tsx';
import { useEffectText } from '../results/use-effect-text.ts';
import { DecisionButton } from './decision-button.tsx';
import { usePolicyWords } from './use-policy-words.ts';
import { WouldHave } from './would-have.tsx';

/** What is proposed and not decided: gain a week, the chance that it is one, what it costs, and the decision. */
export function ProposalsSection({ report }: { report: ThresholdReport }): ReactNode {
  const t = useTranslations('thresholds');
  if (report.open.length === 0) {
    return (
      <Section title={t('open')}>
        <Text>{t('openNone')}</Text>
        <Text c="dimmed">{t('openNoneText')}</Text>
      </Section>
    );
  }
  return (
    <Section title={t('open')} about={t('openAbout')}>
      <Gains report={report} />
      {report.open.map((line) => (
        <Proposal key={line.proposalNo} report={report} line={line} />
      ))}
    </Section>
  );
}

/** The gains of all proposals on one axis. */
function Gains({ report }: { report: ThresholdReport }): ReactNode {
  const t = useTranslations('thresholds');
  const format = useFormatter();
  const words = usePolicyWords();
  const unit = { kind: 'mean', currency: report.currency } as const;
  const text = useEffectText(unit);
  return (
    <EffectRows
      label={t('delta')}
      heads={[t('proposal'), t('delta'), t('chance')]}
      unit={unit}
      rows={report.open.map((line) => {
        const { delta, chance } = line.proposal;
        return {
          key: String(line.proposalNo),
          label: `${t('proposalNo', { no: String(line.proposalNo) })} · ${words.policy(line)}`,
          estimate: delta,
          tone: toneOf(delta),
          why: t('noDelta'),
          cells: [
            delta === null ? '–' : text.interval(delta),
            chance === null ? '–' : format.number(chance, { style: 'percent', maximumFractionDigits: 1 }),
          ],
        };
      })}
    />
  );
}

function Proposal({ report, line }: { report: ThresholdReport; line: LedgerProposal }): ReactNode {
  const t = useTranslations('thresholds');
  const format = useFormatter();
  const words = usePolicyWords();
  const mayDecide = useMay('marketer');
  const { proposal, proposalNo, readNo, campaignId } = line;
  const { from, to } = proposal;
  const moves = from.lo !== to.lo || from.hi !== to.hi;
  return (
    <Stack gap="xs" component="article" aria-label={t('proposalNo', { no: String(proposalNo) })}>
      <Title order={3} size="h4">
        {t('proposalNo', { no: String(proposalNo) })}: {words.policy(line)}, {t(`kind.${proposal.kind}`)}
      </Title>
      <Text>{proposal.sentence}</Text>
      <Facts
        facts={[
          ...(moves
            ? [[t('interval'), t('fromTo', { from: words.interval(from), to: words.interval(to) })] as const]
            : []),
          [t('usersPerWeek'), format.number(Math.round(proposal.usersPerWeek), { signDisplay: 'exceptZero' })],
          [t('costPerWeek'), <Money minor={Math.round(proposal.costPerWeek)} currency={report.currency} />],
          [
            t('evidence'),
            <AppLink to={`/results/${campaignId}`} search={{ read: readNo }}>
              {`${t('readNo')} ${readNo}`}
            </AppLink>,
          ],
        ]}
      />
      <WouldHave report={report} line={line} />
      {mayDecide && (
        <Group gap="sm" className="no-print">
          <DecisionButton proposal={line} verb="accept" />
          <DecisionButton proposal={line} verb="reject" />
        </Group>
      )}
    </Stack>
  );
}
