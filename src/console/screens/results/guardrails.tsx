import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { CampaignRead } from '../../../api/v1/schemas/results.ts';
import type { IntervalTone } from '../../parts/interval-axis.tsx';
import { Section } from '../../parts/section.tsx';
import { StatusBadge, type Tone } from '../../parts/status-badge.tsx';
import { EffectRows } from './effect-rows.tsx';
import { useEffectText } from './use-effect-text.ts';

type Guardrail = CampaignRead['guardrails'][number];

const BADGE: Record<Guardrail['verdict'], Tone> = {
  pass: 'good',
  inferior: 'bad',
  inconclusive: 'waiting',
  unjudged: 'quiet',
};
const BAR: Record<Guardrail['verdict'], IntervalTone> = {
  pass: 'better',
  inferior: 'worse',
  inconclusive: 'open',
  unjudged: 'open',
};

/** Harms against the margin that is tolerated, one axis per metric. */
export function GuardrailsSection({ read }: { read: CampaignRead }): ReactNode {
  const t = useTranslations('results');
  const metrics = read.metrics.filter(({ id }) => read.guardrails.some(({ metric }) => metric === id));
  if (metrics.length === 0) return null;
  return (
    <Section title={t('guardrails')} about={t('guardrailsAbout')}>
      {metrics.map((metric) => (
        <Stack key={metric.id} gap={4}>
          <Title order={3} size="h4">
            {metric.label}
          </Title>
          <OneMetric read={read} metric={metric} />
        </Stack>
      ))}
    </Section>
  );
}

function OneMetric({ read, metric }: { read: CampaignRead; metric: CampaignRead['metrics'][number] }): ReactNode {
  const t = useTranslations('results');
  const unit = { kind: metric.kind, currency: read.currency };
  const text = useEffectText(unit);
  return (
    <EffectRows
      label={`${t('guardrails')}: ${metric.label}`}
      heads={[t('series'), t('harm'), t('margin'), t('word')]}
      unit={unit}
      rows={read.guardrails
        .filter((one) => one.metric === metric.id)
        .map(({ action, arm, against, harm, margin, verdict, sentence }) => ({
          key: `${action} ${arm} ${against}`,
          label: t('versus', { arm, against: t(`against.${against}`) }),
          estimate: harm,
          margin,
          tone: BAR[verdict],
          why: sentence,
          cells: [
            harm === null ? '–' : text.interval(harm),
            margin === null ? (
              <Text span c="dimmed">
                {t('noMargin')}
              </Text>
            ) : (
              text.difference(margin)
            ),
            <StatusBadge tone={BADGE[verdict]}>{t(`harmWord.${verdict}`)}</StatusBadge>,
          ],
        }))}
    />
  );
}
