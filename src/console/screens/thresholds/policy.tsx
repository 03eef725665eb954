import { Accordion, Alert, List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { ReportedPolicy, ThresholdReport } from '../../../api/v1/schemas/thresholds.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { toneOf } from '../../parts/interval-axis.tsx';
import { Rate } from '../../parts/numbers.tsx';
import { Facts, Section } from '../../parts/section.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { TONE_OF } from '../results/contrast-table.tsx';
import { useEffectText } from '../results/use-effect-text.ts';
import { BandChart } from './band-chart.tsx';
import { aloneRanges, bandText, scoreText } from './scores.ts';
import { usePolicyWords } from './use-policy-words.ts';

interface PolicyProps {
  report: ThresholdReport;
  policy: ReportedPolicy;
}

/** One policy: its interval, what each score band is worth, and why it stays where it is. */
export function PolicySection({ report, policy }: PolicyProps): ReactNode {
  const t = useTranslations('thresholds');
  const words = usePolicyWords();
  const { inForce, values } = policy;
  const alone = aloneRanges(values, report.bands).map(({ from, to }) => `${scoreText(from)}–${scoreText(to)}`);
  return (
    <Section title={words.policy(policy)}>
      <Facts
        facts={[
          [t('interval'), words.interval(inForce)],
          [t('inside'), <Rate rate={inForce.inside} digits={0} />],
          [t('outside'), <Rate rate={inForce.outside} digits={0} />],
          ...(Object.keys(inForce.armShares).length > 1
            ? [[t('shares'), <Shares shares={inForce.armShares} />] as const]
            : []),
        ]}
      />
      <WhyStill policy={policy} />
      {values.length === 0 ? (
        <Text c="dimmed">{t('valuesNone')}</Text>
      ) : (
        <>
          <Text size="sm" c="dimmed">
            {t('value')}.{' '}
            {t('valueAbout', { currency: report.currency, lo: scoreText(inForce.lo), hi: scoreText(inForce.hi) })}
          </Text>
          <BandChart report={report} policy={policy} />
          {alone.length > 0 && <Alert color="orange">{t('aloneSentence', { scores: alone.join(', ') })}</Alert>}
          <Accordion variant="contained" order={3}>
            <Accordion.Item value="numbers">
              <Accordion.Control>{t('numbers')}</Accordion.Control>
              <Accordion.Panel>
                <Numbers report={report} policy={policy} />
              </Accordion.Panel>
            </Accordion.Item>
          </Accordion>
        </>
      )}
    </Section>
  );
}

function Shares({ shares }: { shares: Readonly<Record<string, number>> }): ReactNode {
  const format = useFormatter();
  return Object.entries(shares)
    .map(([arm, share]) => `${arm} ${format.number(share, { style: 'percent', maximumFractionDigits: 1 })}`)
    .join(' · ');
}

function WhyStill({ policy }: { policy: ReportedPolicy }): ReactNode {
  const t = useTranslations('thresholds');
  const { frozenBy, freezes, sentence } = policy;
  const reasons = [
    ...(frozenBy ? [t('frozenBy', { actor: frozenBy.actor, reason: frozenBy.reason })] : []),
    // The cycle names the hand brake among its freezes too.
    ...freezes.filter(({ reason }) => frozenBy === null || reason !== 'by_hand').map((freeze) => freeze.sentence),
    ...(freezes.length === 0 && sentence !== null ? [sentence] : []),
  ];
  if (reasons.length === 0) return null;
  return (
    <div>
      <Text size="sm" fw={600}>
        {t('why')}
      </Text>
      <List size="sm">
        {reasons.map((reason) => (
          <List.Item key={reason}>{reason}</List.Item>
        ))}
      </List>
    </div>
  );
}

function Numbers({ report, policy }: PolicyProps): ReactNode {
  const t = useTranslations('thresholds');
  const format = useFormatter();
  const text = useEffectText({ kind: 'mean', currency: report.currency });
  return (
    <DataTable
      label={t('numbers')}
      rows={policy.values}
      rowKey={({ band }) => band}
      empty={null}
      columns={[
        { key: 'band', head: t('band'), cell: ({ band }) => bandText(band, report.bands) },
        { key: 'value', head: t('value'), numeric: true, cell: ({ posterior }) => text.interval(posterior) },
        {
          key: 'chance',
          head: t('chancePositive'),
          numeric: true,
          cell: ({ chancePositive }) => <Rate rate={chancePositive} />,
        },
        {
          key: 'counts',
          head: t('counts'),
          numeric: true,
          cell: ({ treated, heldOut }) => `${format.number(treated)} / ${format.number(heldOut)}`,
        },
        {
          key: 'users',
          head: t('usersPerWeek'),
          numeric: true,
          cell: ({ usersPerWeek }) => format.number(usersPerWeek, { maximumFractionDigits: 1 }),
        },
        {
          key: 'word',
          head: t('word'),
          cell: ({ posterior, leaveAlone }) => {
            const tone = toneOf(posterior);
            return <StatusBadge tone={TONE_OF[tone]}>{leaveAlone ? t('alone') : t(`tone.${tone}`)}</StatusBadge>;
          },
        },
      ]}
    />
  );
}
