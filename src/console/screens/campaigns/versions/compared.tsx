import { Group, Select, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { CampaignVersion, VersionDifferences } from '../../../../api/v1/schemas/campaigns.ts';
import { useData } from '../../../app/use-data.ts';
import { DataState } from '../../../parts/data-state.tsx';
import { Section } from '../../../parts/section.tsx';
import { campaignPath } from '../campaign-paths.ts';
import { Lines } from '../edit/lines.tsx';
import { Differences } from './differences.tsx';

interface ComparedProps {
  campaignId: string;
  versions: readonly number[];
  from: number;
  to: number;
  onChange(pair: { from: string; to: string }): void;
}

/** Two versions side by side: by key in words, texts, and the file line by line. */
export function Compared({ campaignId, versions, from, to, onChange }: ComparedProps): ReactNode {
  const t = useTranslations('campaigns');
  const choices = versions.map(String);
  const pick = (end: 'from' | 'to', value: string | null): void => {
    onChange({ from: String(from), to: String(to), [end]: value ?? String(end === 'from' ? from : to) });
  };
  return (
    <Section title={t('comparedTitle')}>
      <Group>
        <Select
          label={t('before')}
          data={choices}
          value={String(from)}
          onChange={(value) => pick('from', value)}
          allowDeselect={false}
          w={120}
        />
        <Select
          label={t('after')}
          data={choices}
          value={String(to)}
          onChange={(value) => pick('to', value)}
          allowDeselect={false}
          w={120}
        />
      </Group>
      <Pair campaignId={campaignId} from={from} to={to} />
    </Section>
  );
}

function Pair({ campaignId, from, to }: { campaignId: string; from: number; to: number }): ReactNode {
  const t = useTranslations('campaigns');
  const path = campaignPath(campaignId);
  const differences = useData<VersionDifferences>(`${path}/differences`, { query: { from, to } });
  const old = useData<CampaignVersion>(`${path}/versions/${from}`);
  const fresh = useData<CampaignVersion>(`${path}/versions/${to}`);
  return (
    <Stack gap="sm">
      <DataState data={differences}>
        {(found) => <Differences differences={found.differences} texts={found.texts} />}
      </DataState>
      <Text fw={600}>{t('lineByLine')}</Text>
      <DataState data={old}>
        {(before) => (
          <DataState data={fresh}>
            {(after) => <Lines before={before.source} after={after.source} label={t('lineByLine')} />}
          </DataState>
        )}
      </DataState>
    </Stack>
  );
}
