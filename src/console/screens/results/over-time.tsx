import { Select, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Change, ResultPoint } from '../../../api/v1/schemas/results.ts';
import { useData } from '../../app/use-data.ts';
import { AppLink } from '../../parts/app-link.tsx';
import { DataState } from '../../parts/data-state.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Section } from '../../parts/section.tsx';
import { Time } from '../../parts/time.tsx';
import { useGlossary } from '../../parts/use-glossary.ts';
import { OverTimeChart } from './over-time-chart.tsx';
import { useEffectText, type Unit } from './use-effect-text.ts';

/** The effect as the kept reads had it, with what changed meanwhile. */
export function OverTimeSection({ campaignId, unit }: { campaignId: string; unit: Unit }): ReactNode {
  const t = useTranslations('results');
  const points = useData<{ items: ResultPoint[] }>(`/v1/campaigns/${campaignId}/results-over-time`);
  const changes = useData<{ items: Change[] }>(`/v1/campaigns/${campaignId}/changes`);
  return (
    <>
      <Section title={t('overTime')} about={t('overTimeAbout')}>
        <DataState data={points}>
          {({ items }) => <Chart points={items} changes={changes.data?.items ?? []} unit={unit} />}
        </DataState>
      </Section>
      <Section title={t('changes')}>
        <DataState data={changes}>{({ items }) => <Changes campaignId={campaignId} changes={items} />}</DataState>
      </Section>
    </>
  );
}

type Line = ResultPoint['lines'][number];
const nameOf = ({ action, arm, against }: Line): string => `${action}/${arm}/${against}`;

function Chart(props: { points: readonly ResultPoint[]; changes: readonly Change[]; unit: Unit }): ReactNode {
  const { points, changes, unit } = props;
  const text = useEffectText(unit);
  const t = useTranslations('results');
  const say = useGlossary();
  const lines = new Map(points.flatMap((point) => point.lines.map((line) => [nameOf(line), line])));
  const [chosen, choose] = useState<string | null>(null);
  const name = chosen ?? [...lines.keys()][0];
  if (points.length < 2 || name === undefined) return <Text c="dimmed">{t('overTimeNone')}</Text>;
  return (
    <>
      {lines.size > 1 && (
        <Select
          label={t('series')}
          data={[...lines].map(([value, { action, arm, against }]) => ({
            value,
            label: `${say('action', action)} · ${t('versus', { arm, against: t(`against.${against}`) })}`,
          }))}
          value={name}
          onChange={choose}
          allowDeselect={false}
          maw={360}
        />
      )}
      <Text size="sm" c="dimmed">
        {t('axis', { unit: text.unit })}
      </Text>
      <OverTimeChart
        points={points.flatMap((point) => {
          const effect = point.lines.find((line) => nameOf(line) === name)?.effect;
          return effect ? [{ at: point.asOf, effect }] : [];
        })}
        changes={changes}
        unit={unit}
      />
    </>
  );
}

function Changes({ campaignId, changes }: { campaignId: string; changes: readonly Change[] }): ReactNode {
  const t = useTranslations('results');
  return (
    <DataTable
      label={t('changes')}
      rows={changes.slice(0, 50)}
      rowKey={({ at, kind, sentence }) => `${at} ${kind} ${sentence}`}
      empty={<Text c="dimmed">{t('changesNone')}</Text>}
      columns={[
        { key: 'when', head: t('when'), cell: ({ at }) => <Time at={at} /> },
        { key: 'kind', head: t('kind'), cell: ({ kind }) => t(`changeKind.${kind}`) },
        { key: 'what', head: t('what'), cell: (change) => <ChangeLink campaignId={campaignId} change={change} /> },
        { key: 'who', head: t('who'), cell: ({ actor }) => actor ?? '–' },
      ]}
    />
  );
}

function ChangeLink({ campaignId, change }: { campaignId: string; change: Change }): ReactNode {
  const { waveNo, proposalNo, version, sentence } = change;
  if (waveNo !== null) return <AppLink to={`/waves/${waveNo}`}>{sentence}</AppLink>;
  if (proposalNo !== null) return <AppLink to={`/thresholds/${campaignId}`}>{sentence}</AppLink>;
  if (version !== null) return <AppLink to={`/campaigns/${campaignId}`}>{sentence}</AppLink>;
  return sentence;
}
