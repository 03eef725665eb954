import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { GoalProgress } from '../../../api/v1/schemas/results.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Section } from '../../parts/section.tsx';
import { ShareBar } from '../../parts/share-bar.tsx';
import { StatusBadge, type Tone } from '../../parts/status-badge.tsx';
import { LocalDate } from '../../parts/time.tsx';
import { useGlossary } from '../../parts/use-glossary.ts';

const TONE: Record<GoalProgress['periods'][number]['standing'], Tone> = {
  reached: 'good',
  on_track: 'running',
  behind: 'waiting',
  missed: 'bad',
};

/** Goals of the campaign file against what came. `heading`: of which campaign. */
export function GoalsSection({ goals, heading }: { goals: readonly GoalProgress[]; heading?: string }): ReactNode {
  const t = useTranslations('results');
  const title = heading === undefined ? t('goals') : `${t('goals')}: ${heading}`;
  return (
    <Section title={title} about={t('goalsAbout')}>
      <GoalsTable goals={goals} label={title} />
    </Section>
  );
}

function GoalsTable({ goals, label }: { goals: readonly GoalProgress[]; label: string }): ReactNode {
  const t = useTranslations('results');
  const say = useGlossary();
  const format = useFormatter();
  const rows = goals.flatMap((goal) => goal.periods.map((period) => ({ goal, period })));
  return (
    <DataTable
      label={label}
      rows={rows}
      rowKey={({ goal, period }) => `${goal.name} ${goal.channel} ${period.from}`}
      empty={null}
      columns={[
        {
          key: 'goal',
          head: t('goal'),
          cell: ({ goal }) => `${goal.name}${goal.channel === null ? '' : ` · ${say('channel', goal.channel)}`}`,
        },
        {
          key: 'period',
          head: t('period'),
          cell: ({ period }) => (
            <>
              <LocalDate date={period.from.slice(0, 10)} /> – <LocalDate date={period.to.slice(0, 10)} />
            </>
          ),
        },
        { key: 'came', head: t('came'), numeric: true, cell: ({ period }) => format.number(period.came) },
        { key: 'target', head: t('target'), numeric: true, cell: ({ goal }) => format.number(goal.target) },
        {
          key: 'bar',
          head: t('reached'),
          cell: ({ goal, period }) => (
            <ShareBar part={Math.min(period.came, goal.target)} whole={goal.target} label={period.sentence} />
          ),
        },
        {
          key: 'state',
          head: t('state'),
          cell: ({ period }) => (
            <StatusBadge tone={TONE[period.standing]}>{t(`standing.${period.standing}`)}</StatusBadge>
          ),
        },
      ]}
    />
  );
}
