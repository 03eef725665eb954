import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { CampaignRead } from '../../../api/v1/schemas/results.ts';
import { Section } from '../../parts/section.tsx';
import { StatusBadge, type Tone } from '../../parts/status-badge.tsx';
import { useGlossary } from '../../parts/use-glossary.ts';

type Verdict = CampaignRead['verdict'];

/** What a decision means at a glance. */
export const DECISION_TONE: Record<Verdict['decision'], Tone> = {
  ship: 'good',
  stop: 'bad',
  keep_running: 'running',
  cant_tell: 'waiting',
};

/** The verdict in one sentence; below it those of the arms where there are several. */
export function VerdictSection({ read }: { read: CampaignRead }): ReactNode {
  const t = useTranslations('results');
  return (
    <Section title={t('verdict')}>
      <OneVerdict verdict={read.verdict} large />
      {read.verdicts.length > 1 && (
        <Stack gap="sm">
          {read.verdicts.map((verdict) => (
            <ArmVerdict key={`${verdict.action} ${verdict.arm} ${verdict.against}`} verdict={verdict} />
          ))}
        </Stack>
      )}
    </Section>
  );
}

function ArmVerdict({ verdict }: { verdict: CampaignRead['verdicts'][number] }): ReactNode {
  const t = useTranslations('results');
  const say = useGlossary();
  const { action, arm, against } = verdict;
  const name = against === null ? arm : t('versus', { arm, against: t(`against.${against}`) });
  return (
    <div>
      <Text size="sm" fw={600}>
        {say('action', action)}: {name}
      </Text>
      <OneVerdict verdict={verdict} />
    </div>
  );
}

function OneVerdict({ verdict, large = false }: { verdict: Verdict; large?: boolean }): ReactNode {
  const t = useTranslations('results');
  const say = useGlossary();
  const { decision, sentence, days } = verdict;
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <StatusBadge tone={DECISION_TONE[decision]}>
          {say('decision', decision)}
          {days !== null && `, ${t('aboutDays', { days })}`}
        </StatusBadge>
      </Group>
      <Text size={large ? 'lg' : 'sm'} fw={large ? 600 : 400}>
        {sentence}
      </Text>
    </Stack>
  );
}
