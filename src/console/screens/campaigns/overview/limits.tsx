import { List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { CampaignDetail } from '../../../../api/v1/schemas/campaigns.ts';
import { Section } from '../../../parts/section.tsx';
import { useInLocale } from '../use-in-locale.ts';

type Line = Pick<CampaignDetail['caps'][number], 'from' | 'words'>;

/** How often, how close and at which hours the campaign may send, in plain words. */
export function Limits({ campaign: { caps, gaps, hours } }: { campaign: CampaignDetail }): ReactNode {
  const t = useTranslations('campaigns');
  return (
    <Section title={t('limits')} about={t('limitsText')}>
      <Lines title={t('caps')} lines={[...caps, ...gaps]} none={t('noCaps')} />
      <Lines title={t('hours')} lines={hours} none={t('noHours')} />
    </Section>
  );
}

function Lines({ title, lines, none }: { title: string; lines: readonly Line[]; none: string }): ReactNode {
  const t = useTranslations('campaigns');
  const inLocale = useInLocale();
  return (
    <div>
      <Text fw={600}>{title}</Text>
      {lines.length === 0 ? (
        <Text c="dimmed">{none}</Text>
      ) : (
        <List>
          {lines.map(({ from, words }) => (
            <List.Item key={`${from} ${words.en}`}>
              {inLocale(words)}{' '}
              <Text span size="sm" c="dimmed">
                ({t(`from.${from}`)})
              </Text>
            </List.Item>
          ))}
        </List>
      )}
    </div>
  );
}
