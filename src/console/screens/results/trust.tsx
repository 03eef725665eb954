import { Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { CampaignRead } from '../../../api/v1/schemas/results.ts';
import { Section } from '../../parts/section.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { useGlossary } from '../../parts/use-glossary.ts';

/** Whether the groups have the sizes that chance should have given them. */
export function TrustSection({ read }: { read: CampaignRead }): ReactNode {
  const t = useTranslations('results');
  return (
    <Section title={t('trust')} about={t('trustAbout')}>
      {read.sampleRatio.length === 0 && <Text>{t('nobodyYet')}</Text>}
      {read.sampleRatio.map((ratio) => (
        <Ratio key={ratio.action} ratio={ratio} />
      ))}
    </Section>
  );
}

function Ratio({ ratio }: { ratio: CampaignRead['sampleRatio'][number] }): ReactNode {
  const t = useTranslations('results');
  const say = useGlossary();
  const format = useFormatter();
  const unsaid = ratio.p === null && !ratio.alarm;
  const [tone, word] = unsaid
    ? (['waiting', 'notYetTrusted'] as const)
    : ratio.alarm
      ? (['bad', 'notTrusted'] as const)
      : (['good', 'trusted'] as const);
  return (
    <Stack gap={4}>
      <Group gap="xs">
        <StatusBadge tone={tone}>{t(word)}</StatusBadge>
        <Text fw={600}>{say('action', ratio.action)}</Text>
      </Group>
      <Text size="sm">{ratio.sentence}</Text>
      <Text size="sm" c="dimmed">
        {ratio.groups
          .map(({ group, observed, expected }) => {
            const counts = { observed: format.number(observed), expected: format.number(Math.round(expected)) };
            return `${say('assignment', group)}: ${t('expected', counts)}`;
          })
          .join(' · ')}
      </Text>
    </Stack>
  );
}
