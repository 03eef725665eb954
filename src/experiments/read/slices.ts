import type { ReadCell, ReadInputs } from '../../domain/read-inputs.ts';
import type { Contrast, SliceRead } from '../../domain/read.ts';
import { benjaminiHochberg } from '../multiplicity.ts';
import { groupBy } from './cells.ts';
import { compare, type Comparison } from './comparison.ts';
import { contrastOf } from './contrasts.ts';
import { groupsOf } from './groups.ts';

/** The comparisons of the whole within each value of the dimension; guardrails are judged on the whole only. */
export function slicesOf(
  inputs: ReadInputs,
  cells: readonly ReadCell[],
  comparisons: readonly Comparison[],
): SliceRead[] {
  const metrics = inputs.metrics.filter((metric) => metric.role !== 'guardrail');
  const bySlice = [...groupBy(cells, (cell) => cell.slice ?? '')].toSorted(([a], [b]) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
  const slices = bySlice.map(([slice, own]): SliceRead => {
    const contrasts = comparisons.flatMap((pair) => {
      const comparison = compare(inputs, pair, own);
      return metrics.map((metric) => contrastOf(comparison, metric, null));
    });
    return { slice, groups: groupsOf(inputs, own), contrasts };
  });
  return adjust(slices);
}

/** Sets `pAdjusted` by Benjamini–Hochberg over the slices of each comparison and metric. */
function adjust(slices: readonly SliceRead[]): SliceRead[] {
  const tested = slices.flatMap((slice) => slice.contrasts).filter((contrast) => contrast.p !== null);
  const adjusted = new Map<Contrast, number>();
  const families = groupBy(tested, ({ action, arm, against, metric }) =>
    JSON.stringify([action, arm, against, metric]),
  );
  for (const family of families.values()) {
    benjaminiHochberg(family.map((contrast) => contrast.p ?? 1)).forEach((p, index) => {
      const contrast = family[index];
      if (contrast) adjusted.set(contrast, p);
    });
  }
  return slices.map((slice) => ({
    ...slice,
    contrasts: slice.contrasts.map((contrast) => ({ ...contrast, pAdjusted: adjusted.get(contrast) ?? null })),
  }));
}
