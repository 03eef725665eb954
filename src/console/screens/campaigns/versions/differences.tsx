import { Code, List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { CampaignDifference } from '../../../../api/v1/schemas/campaigns.ts';
import { Lines } from '../edit/lines.tsx';

/** Made from MJML: nobody wrote it, its difference says nothing. */
const COMPILED = '.html';

interface DifferencesProps {
  differences: readonly CampaignDifference[];
  texts: readonly CampaignDifference[];
}

/** What differs, key by key; texts line by line. */
export function Differences({ differences, texts }: DifferencesProps): ReactNode {
  const t = useTranslations('campaigns');
  if (differences.length + texts.length === 0) return <Text c="dimmed">{t('noDifference')}</Text>;
  return (
    <>
      <List aria-label={t('changedKeys')}>
        {differences.map(({ key, text }) => (
          <List.Item key={key} className="breakable">
            <Code>{text}</Code>
          </List.Item>
        ))}
      </List>
      {texts.map(({ key, before, after, text }) => (
        <div key={key}>
          <Text fw={600} size="sm" className="breakable">
            {key.endsWith(COMPILED) ? text : key}
          </Text>
          {!key.endsWith(COMPILED) && <Lines before={asText(before)} after={asText(after)} label={key} />}
        </div>
      ))}
    </>
  );
}

function asText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
