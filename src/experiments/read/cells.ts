import type { MetricSums, ReadCell } from '../../domain/read-inputs.ts';
import { combineMoments } from '../means.ts';
import type { Counts, Moments } from '../shapes.ts';

const NOTHING: MetricSums = { converted: 0, sum: 0, m2: 0 };

function sumsOf(cell: ReadCell, metric: string): MetricSums {
  return cell.metrics[metric] ?? NOTHING;
}

/** Entries of the cells. */
export function entriesOf(cells: readonly ReadCell[]): number {
  return cells.reduce((sum, cell) => sum + cell.entries, 0);
}

/** How many of the cells' entries have an event of the metric. */
export function countsOf(cells: readonly ReadCell[], metric: string): Counts {
  const converted = cells.reduce((sum, cell) => sum + sumsOf(cell, metric).converted, 0);
  return { converted, entries: entriesOf(cells) };
}

/** Sum of the metric over the cells: minor units, or for rates the converted. */
export function totalOf(cells: readonly ReadCell[], metric: string): number {
  return cells.reduce((sum, cell) => sum + sumsOf(cell, metric).sum, 0);
}

/** Mean and squared deviations of the metric over the cells, from centred sums alone. */
export function momentsOf(cells: readonly ReadCell[], metric: string): Moments {
  const parts = cells.filter((cell) => cell.entries > 0);
  return combineMoments(
    parts.map((cell) => {
      const { sum, m2 } = sumsOf(cell, metric);
      return { entries: cell.entries, mean: sum / cell.entries, m2 };
    }),
  );
}

/** The values that `key` takes, each with what has it, in order of first appearance. */
export function groupBy<T, K>(items: readonly T[], key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const value = key(item);
    const group = groups.get(value);
    if (group) group.push(item);
    else groups.set(value, [item]);
  }
  return groups;
}
