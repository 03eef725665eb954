import { List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { ThresholdReport } from '../../../api/v1/schemas/thresholds.ts';
import { AppLink } from '../../parts/app-link.tsx';
import { Facts, Section } from '../../parts/section.tsx';
import { Time } from '../../parts/time.tsx';

/** What the latest learning cycle rests on. */
export function CycleSection({ report }: { report: ThresholdReport }): ReactNode {
  const t = useTranslations('thresholds');
  const { cycle, campaignId } = report;
  if (cycle === null) {
    return (
      <Section title={t('cycle')}>
        <Text>{t('cycleNone')}</Text>
        <Text c="dimmed">{t('cycleNoneText')}</Text>
      </Section>
    );
  }
  return (
    <Section title={t('cycle')}>
      <Facts
        facts={[
          [t('cycleNo'), cycle.cycleNo],
          [t('asOf'), <Time at={cycle.asOf} />],
          [
            t('readNo'),
            <AppLink to={`/results/${campaignId}`} search={{ read: cycle.readNo }}>
              {cycle.readNo}
            </AppLink>,
          ],
          [t('actor'), cycle.actor],
          [t('restsOn'), t(`estimator.${cycle.estimator.estimator}`)],
        ]}
      />
      <Text size="sm">{cycle.estimator.sentence}</Text>
      {cycle.notes.length > 0 && (
        <List size="sm">
          {cycle.notes.map((note) => (
            <List.Item key={note}>{note}</List.Item>
          ))}
        </List>
      )}
    </Section>
  );
}
