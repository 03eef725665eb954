import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Estimate } from '../../../api/v1/schemas/results.ts';
import { IntervalBar, IntervalTicks, intervalScale, type IntervalTone } from '../../parts/interval-axis.tsx';
import { useEffectText, type Unit } from './use-effect-text.ts';

/** A value on the shared axis, and what is said beside it. */
export interface EffectRow {
  key: string;
  label: ReactNode;
  estimate: Estimate | null;
  margin?: number | null;
  tone: IntervalTone;
  /** Instead of the bar where there is no estimate. */
  why: string;
  cells: readonly ReactNode[];
}

interface EffectRowsProps {
  label: string;
  heads: readonly [label: string, ...rest: string[]];
  unit: Unit;
  rows: readonly EffectRow[];
}

/** Rows of intervals on one axis with a zero line, and further cells. */
export function EffectRows({ label, heads, unit, rows }: EffectRowsProps): ReactNode {
  const t = useTranslations('results');
  const text = useEffectText(unit);
  const margins = rows.flatMap(({ margin }) => (margin === null || margin === undefined ? [] : [margin]));
  const scale = intervalScale(
    rows.map(({ estimate }) => estimate),
    margins,
  );
  const [first, ...rest] = heads;
  return (
    <Table.ScrollContainer minWidth={680} type="native" tabIndex={0} aria-label={label}>
      <Table verticalSpacing={4} aria-label={label}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{first}</Table.Th>
            <Table.Th scope="col" w="36%">
              {t('axis', { unit: text.unit })}
            </Table.Th>
            {rest.map((head) => (
              <Table.Th key={head} scope="col">
                {head}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.key}>
              <Table.Td>{row.label}</Table.Td>
              <Table.Td>
                {row.estimate === null ? (
                  t('noAnswer', { why: row.why })
                ) : (
                  <IntervalBar
                    scale={scale}
                    estimate={row.estimate}
                    margin={row.margin ?? null}
                    tone={row.tone}
                    label={text.interval(row.estimate)}
                  />
                )}
              </Table.Td>
              {row.cells.map((cell, index) => (
                <Table.Td key={rest[index]}>{cell}</Table.Td>
              ))}
            </Table.Tr>
          ))}
          {rows.some(({ estimate }) => estimate !== null) && (
            <Table.Tr>
              <Table.Td />
              <Table.Td>
                <IntervalTicks scale={scale} text={text.tick} />
              </Table.Td>
              <Table.Td colSpan={rest.length} />
            </Table.Tr>
          )}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
