import { List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { Retrospective } from '../../../api/v1/schemas/retrospective.ts';
import { AppLink } from '../../parts/app-link.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { CountAlone, CountLink } from '../../parts/count-link.tsx';
import { Count, Money } from '../../parts/numbers.tsx';
import { Facts, Section } from '../../parts/section.tsx';
import { LocalDate } from '../../parts/time.tsx';
import { useGlossary } from '../../parts/use-glossary.ts';
import { GoalsSection } from '../results/goals.tsx';
import { Waterfall } from '../waves/waterfall.tsx';
import { WaveAudience } from '../waves/wave-audience.tsx';
import { WaveState } from '../waves/wave-state.tsx';
import { FunnelSections } from './funnel.tsx';
import { ReasonsSection } from './reasons.tsx';
import { TextsSection } from './texts.tsx';
import './retrospective.css';

/** The whole look back, in the order of a talk about it. */
export function LookedBack({ found }: { found: Retrospective }): ReactNode {
  const t = useTranslations('retrospective');
  const [only] = found.waves.length === 1 ? found.waves : [];
  return (
    <>
      <Facts
        facts={[
          [t('from'), <LocalDate date={found.from} />],
          [t('to'), <LocalDate date={found.to} />],
          [t('waves'), <Count value={found.waveCount} />],
          ...(found.campaignId === null
            ? []
            : [[t('campaign'), <AppLink to={`/campaigns/${found.campaignId}`}>{found.campaignId}</AppLink>] as const]),
          ...(found.currency === null || found.costMinor === null
            ? []
            : [[t('cost'), <Money minor={found.costMinor} currency={found.currency} />] as const]),
        ]}
      />
      <Section title={t('inWords')}>
        {found.sentences.map((sentence) => (
          <Text key={sentence}>{sentence}</Text>
        ))}
      </Section>
      {found.goals.length === 0 ? (
        <Text c="dimmed">{t('noGoals')}</Text>
      ) : (
        found.goals.map(({ campaignId, goals }) => <GoalsSection key={campaignId} goals={goals} heading={campaignId} />)
      )}
      <FunnelSections found={found} />
      <Channels found={found} />
      <ReasonsSection found={found} />
      <TextsSection texts={found.texts} />
      <Section title={t('waterfall')}>
        <Waterfall
          rungs={found.waterfall}
          {...(only && { behind: { path: `/waves/${only.waveNo}/users`, search: { step: 1 } } })}
        />
        <Unsent found={found} />
      </Section>
      <Waves found={found} />
    </>
  );
}

/** Queries of a wave's messages that show exactly those of a number. */
const BEHIND: Partial<Record<string, Record<string, string>>> = {
  planned: {},
  accepted: { fate: 'accepted' },
  failed: { fate: 'failed' },
  unknown: { fate: 'unknown' },
  bounced: { state: 'BOUNCED' },
  complained: { state: 'COMPLAINED' },
};

function Channels({ found }: { found: Retrospective }): ReactNode {
  const t = useTranslations('retrospective');
  const say = useGlossary();
  const { currency } = found;
  const [only] = found.waves.length === 1 ? found.waves : [];
  const counts = ['planned', 'accepted', 'failed', 'unknown', 'bounced', 'complained', 'clicked'] as const;
  if (found.channels.length === 0) return null;
  return (
    <Section title={t('channels')}>
      <DataTable
        label={t('channels')}
        rows={found.channels}
        rowKey={({ channel }) => channel}
        empty={null}
        columns={[
          { key: 'channel', head: t('channel'), cell: ({ channel }) => say('channel', channel) },
          ...counts.map((count) => ({
            key: count,
            head: t(count),
            numeric: true,
            cell: (row: Retrospective['channels'][number]) => {
              const behind = BEHIND[count];
              if (!only || !behind) return <CountAlone value={row[count]} why={t(only ? 'noList' : 'perWave')} />;
              const search = { channel: row.channel, ...behind };
              return <CountLink value={row[count]} to={`/waves/${only.waveNo}/messages`} search={search} />;
            },
          })),
          {
            key: 'cost',
            head: t('cost'),
            numeric: true,
            cell: ({ costMinor }) => (currency === null ? '–' : <Money minor={costMinor} currency={currency} />),
          },
        ]}
      />
    </Section>
  );
}

function Unsent({ found }: { found: Retrospective }): ReactNode {
  const t = useTranslations('retrospective');
  const say = useGlossary();
  const format = useFormatter();
  if (found.unsent.length === 0) return null;
  return (
    <>
      <Text fw={600}>{t('unsent')}</Text>
      <List size="sm">
        {found.unsent.map(({ reason, users }) => (
          <List.Item key={reason}>
            {say('reason', reason)}: {format.number(users)}
          </List.Item>
        ))}
      </List>
    </>
  );
}

function Waves({ found }: { found: Retrospective }): ReactNode {
  const t = useTranslations('retrospective');
  return (
    <Section title={t('waves')}>
      <DataTable
        label={t('waves')}
        rows={found.waves}
        rowKey={({ waveNo }) => waveNo}
        empty={null}
        columns={[
          { key: 'wave', head: t('wave'), cell: ({ waveNo }) => <AppLink to={`/waves/${waveNo}`}>{waveNo}</AppLink> },
          {
            key: 'campaign',
            head: t('campaign'),
            cell: ({ campaignId }) => <AppLink to={`/campaigns/${campaignId}`}>{campaignId}</AppLink>,
          },
          { key: 'date', head: t('date'), cell: ({ localDate }) => <LocalDate date={localDate} /> },
          { key: 'state', head: t('state'), cell: ({ state }) => <WaveState state={state} /> },
          { key: 'audience', head: t('audience'), numeric: true, cell: (wave) => <WaveAudience wave={wave} /> },
        ]}
      />
    </Section>
  );
}
