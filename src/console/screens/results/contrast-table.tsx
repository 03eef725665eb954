import { Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { CampaignRead, Contrast } from '../../../api/v1/schemas/results.ts';
import { IntervalBar, IntervalTicks, intervalScale, toneOf, type IntervalTone } from '../../parts/interval-axis.tsx';
import { StatusBadge, type Tone } from '../../parts/status-badge.tsx';
import { useEffectText } from './use-effect-text.ts';

type Metric = CampaignRead['metrics'][number];
/** A comparison with what it is called in its table. */
export interface ContrastRow {
  contrast: Contrast;
  label: ReactNode;
}

interface ContrastTableProps {
  label: string;
  labelHead: string;
  metric: Metric;
  currency: string;
  rows: readonly ContrastRow[];
}

/** What an interval's side of zero means, for a badge. */
export const TONE_OF: Record<IntervalTone, Tone> = { better: 'good', worse: 'bad', open: 'quiet' };

/** The largest chance that is told as a number. */
const SUREST = 0.999;

/** The verdict's own interval where it has one: it may be looked at every day. */
function judged(contrast: Contrast): { low: number; high: number } | null {
  return contrast.alwaysValid ?? contrast.absolute;
}

/** Differences with their intervals on one shared axis, relative change and the chance to be better. */
export function ContrastTable({ label, labelHead, metric, currency, rows }: ContrastTableProps): ReactNode {
  const t = useTranslations('results');
  const text = useEffectText({ kind: metric.kind, currency });
  const scale = intervalScale(rows.flatMap(({ contrast }) => [contrast.absolute, contrast.alwaysValid]));
  const heads = [labelHead, t('axis', { unit: text.unit }), t('difference'), t('chance'), t('word')];
  return (
    <Table.ScrollContainer minWidth={720} type="native" tabIndex={0} aria-label={label}>
      <Table verticalSpacing={4} aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            {heads.map((head, index) => (
              <Table.Th key={head} scope="col" {...(index === 1 && { w: '36%' })}>
                {head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ contrast, label: name }, index) => (
            <Table.Tr key={`${contrast.action} ${contrast.arm} ${contrast.against} ${index}`}>
              <Table.Td>{name}</Table.Td>
              <ContrastCells contrast={contrast} metric={metric} currency={currency} scale={scale} />
            </Table.Tr>
          ))}
          <Table.Tr>
            <Table.Td />
            <Table.Td>
              <IntervalTicks scale={scale} text={text.tick} />
            </Table.Td>
            <Table.Td colSpan={3} />
          </Table.Tr>
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function ContrastCells(props: {
  contrast: Contrast;
  metric: Metric;
  currency: string;
  scale: ReturnType<typeof intervalScale>;
}): ReactNode {
  const { contrast, metric, currency, scale } = props;
  const t = useTranslations('results');
  const format = useFormatter();
  const text = useEffectText({ kind: metric.kind, currency });
  const { absolute, relative, alwaysValid, chanceBetter, why } = contrast;
  const tone = toneOf(judged(contrast));
  if (absolute === null) {
    return (
      <Table.Td colSpan={4}>
        <Text size="sm" c="dimmed">
          {t('noAnswer', { why: why ?? '–' })}
        </Text>
      </Table.Td>
    );
  }
  const percent = { style: 'percent', maximumFractionDigits: 1 } as const;
  // Rounded to 100 % or 0 % it would say that there is no doubt.
  function chanceText(chance: number): string {
    if (chance > SUREST) return `> ${format.number(SUREST, percent)}`;
    return chance < 1 - SUREST ? `< ${format.number(1 - SUREST, percent)}` : format.number(chance, percent);
  }
  return (
    <>
      <Table.Td>
        <IntervalBar
          scale={scale}
          estimate={absolute}
          reach={alwaysValid}
          tone={tone}
          label={text.interval(absolute)}
        />
      </Table.Td>
      <Table.Td>
        <Text size="sm" className="number-text">
          {text.interval(absolute)}
        </Text>
        {relative !== null && (
          <Text size="sm" c="dimmed">
            {t('relative', { value: format.number(relative.value, { ...percent, signDisplay: 'exceptZero' }) })}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{chanceBetter === null ? '–' : chanceText(chanceBetter)}</Table.Td>
      <Table.Td>
        <StatusBadge tone={TONE_OF[tone]}>{t(`tone.${tone}`)}</StatusBadge>
      </Table.Td>
    </>
  );
}
