import { List, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { CampaignRead, ReadLine, StoredRead } from '../../../api/v1/schemas/results.ts';
import type { List as Pages } from '../../app/use-data.ts';
import { AppLink } from '../../parts/app-link.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Count } from '../../parts/numbers.tsx';
import { Facts, Section } from '../../parts/section.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { LocalDate, Time } from '../../parts/time.tsx';
import { useGlossary } from '../../parts/use-glossary.ts';
import { ArmsSections } from './arms.tsx';
import { GoalsSection } from './goals.tsx';
import { GuardrailsSection } from './guardrails.tsx';
import { MoneySection } from './money.tsx';
import { OverTimeSection } from './over-time.tsx';
import { SlicesSection } from './slices.tsx';
import { TodoSection } from './todo.tsx';
import { TrustSection } from './trust.tsx';
import { DECISION_TONE, VerdictSection } from './verdict.tsx';

/** A kept read in the order in which people ask: trust, verdict, what to do, arms, money, harm, the rest. */
export function ReadPage({ stored, reads }: { stored: StoredRead; reads: Pages<ReadLine> }): ReactNode {
  const t = useTranslations('results');
  const { read, readNo, goals } = stored;
  return (
    <>
      <Facts
        facts={[
          [t('readNo'), readNo],
          [t('asOf'), <Time at={read.asOf} />],
          [t('version'), <AppLink to={`/campaigns/${read.campaignId}`}>{read.version}</AppLink>],
          [t('entries'), <Count value={read.entries} />],
          ...(read.explorationEntries > 0
            ? [[t('entriesOutside'), <Count value={read.explorationEntries} />] as const]
            : []),
        ]}
      />
      <TrustSection read={read} />
      <VerdictSection read={read} />
      <TodoSection read={read} />
      <ArmsSections read={read} />
      <MoneySection read={read} />
      <GuardrailsSection read={read} />
      <SlicesSection read={read} />
      <OverTimeSection
        campaignId={read.campaignId}
        unit={{ kind: read.metrics.find(({ role }) => role === 'goal')?.kind ?? 'rate', currency: read.currency }}
      />
      {goals.length > 0 && <GoalsSection goals={goals} />}
      <Notes read={read} />
      <Reads campaignId={read.campaignId} reads={reads} />
    </>
  );
}

function Notes({ read }: { read: CampaignRead }): ReactNode {
  const t = useTranslations('results');
  const format = useFormatter();
  if (read.notes.length === 0 && read.immature.length === 0) return null;
  return (
    <Section title={t('notes')}>
      {read.notes.length > 0 && (
        <List size="sm">
          {read.notes.map((note) => (
            <List.Item key={note}>{note}</List.Item>
          ))}
        </List>
      )}
      {read.immature.length > 0 && (
        <>
          <Text fw={600}>{t('immature')}</Text>
          <Text size="sm" c="dimmed">
            {t('immatureAbout')}
          </Text>
          <DataTable
            label={t('immature')}
            rows={read.immature}
            rowKey={({ day }) => day}
            empty={null}
            columns={[
              { key: 'day', head: t('entered'), cell: ({ day }) => <LocalDate date={day} /> },
              { key: 'entries', head: t('entries'), numeric: true, cell: ({ entries }) => format.number(entries) },
              { key: 'from', head: t('countsFrom'), cell: ({ maturesAt }) => <Time at={maturesAt} /> },
            ]}
          />
        </>
      )}
    </Section>
  );
}

function Reads({ campaignId, reads }: { campaignId: string; reads: Pages<ReadLine> }): ReactNode {
  const t = useTranslations('results');
  const say = useGlossary();
  return (
    <Section title={t('reads')}>
      <DataTable
        label={t('reads')}
        list={reads}
        rowKey={({ readNo }) => readNo}
        empty={null}
        columns={[
          {
            key: 'no',
            head: t('readNo'),
            cell: ({ readNo }) => (
              <AppLink to={`/results/${campaignId}`} search={{ read: readNo }}>
                {readNo}
              </AppLink>
            ),
          },
          { key: 'asOf', head: t('asOf'), cell: ({ asOf }) => <Time at={asOf} /> },
          {
            key: 'verdict',
            head: t('verdict'),
            cell: ({ decision }) => (
              <StatusBadge tone={DECISION_TONE[decision]}>{say('decision', decision)}</StatusBadge>
            ),
          },
          { key: 'by', head: t('by'), cell: ({ by }) => (by === null ? '–' : t(`dimension.${by}`)) },
          { key: 'actor', head: t('actor'), cell: ({ actor }) => actor },
        ]}
      />
    </Section>
  );
}
