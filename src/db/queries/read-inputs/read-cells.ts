import { combineMoments } from '../../../experiments/means.ts';
import type { MetricSums, ReadCell } from '../../../domain/read-inputs.ts';
import type { GroupKey } from './group-keys.ts';
import type { GroupSums } from './group-sums.ts';
import { groupMetrics, type MeasuredMetric } from './metrics.ts';
import type { RecordedSums } from './recorded-sums.ts';
import type { StrataNumbering } from './strata.ts';

/** A text that two groups share exactly when their designs, groups, days and slices are the same. */
function groupText(key: GroupKey): string {
  const { action, drawnBy, policyVersion, inInterval, pGlobalHoldout, pHoldout, pTreat, recorded } = key;
  const design = [action, drawnBy, policyVersion, inInterval, pGlobalHoldout, pHoldout, pTreat, recorded];
  return JSON.stringify([...design, key.group, key.day, key.slice]);
}

function byGroup(rows: readonly RecordedSums[]): Map<string, RecordedSums[]> {
  const groups = new Map<string, RecordedSums[]>();
  for (const row of rows) {
    const key = groupText(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

function joined(a: { entries: number; sums: MetricSums }, b: { entries: number; sums: MetricSums }): MetricSums {
  const moments = [a, b].map(({ entries, sums }) => ({ entries, mean: sums.sum / entries, m2: sums.m2 }));
  return {
    converted: a.sums.converted + b.sums.converted,
    sum: a.sums.sum + b.sums.sum,
    m2: combineMoments(moments).m2,
  };
}

/** Designs of the same stratum become one cell. A stratum is all live or all recorded, so both sides have the same metrics. */
function add(cell: ReadCell, metrics: Record<string, MetricSums>, entries: number): void {
  for (const [id, sums] of Object.entries(metrics)) {
    const own = cell.metrics[id];
    cell.metrics[id] = own ? joined({ entries: cell.entries, sums: own }, { entries, sums }) : sums;
  }
  cell.entries += entries;
}

/** The cells of a read, in the order of their groups: those of the whole (slice null) or of each slice. */
export function readCells(input: {
  groups: readonly GroupSums[];
  recorded: readonly RecordedSums[];
  metrics: readonly MeasuredMetric[];
  numbering: StrataNumbering;
}): ReadCell[] {
  const recordedByGroup = byGroup(input.recorded);
  const cells = new Map<string, ReadCell>();
  for (const row of input.groups) {
    const { group, day, slice, entries } = row;
    const stratum = input.numbering.numberOf(row);
    const key = JSON.stringify([stratum, group, day, slice]);
    const cell = cells.get(key) ?? { stratum, group, day, slice, entries: 0, metrics: {} };
    add(cell, groupMetrics(input.metrics, row, recordedByGroup.get(groupText(row)) ?? []), entries);
    cells.set(key, cell);
  }
  return [...cells.values()];
}
