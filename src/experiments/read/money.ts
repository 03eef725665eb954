import type { ReadInputs } from '../../domain/read-inputs.ts';
import type { Contrast, Estimate, MoneyRead } from '../../domain/read.ts';
import type { Comparison } from './comparison.ts';
import { findContrast } from './contrasts.ts';
import { estimate } from './estimate.ts';

const NO_MARGIN = 'net value needs what a goal event is worth: set costs.margin in the campaign file';

/** Net value of each arm against its comparators, per entry and over the entries that the arm has had. */
export function moneyOf(
  inputs: ReadInputs,
  comparisons: readonly Comparison[],
  contrasts: readonly Contrast[],
): MoneyRead[] {
  const metric = inputs.metrics.find((candidate) => candidate.role === 'money');
  return comparisons.map(({ action, arm, against, entries }): MoneyRead => {
    const base = { action, arm, against, entries };
    if (metric === undefined) return { ...base, perEntry: null, total: null, why: NO_MARGIN };
    const contrast = findContrast(contrasts, { action, arm, against }, metric.id);
    const perEntry = contrast?.absolute ?? null;
    if (perEntry === null) return { ...base, perEntry, total: null, why: contrast?.why ?? null };
    return { ...base, perEntry, total: times(perEntry, entries), why: null };
  });
}

function times(perEntry: Estimate, entries: number): Estimate | null {
  return estimate(perEntry.value * entries, { low: perEntry.low * entries, high: perEntry.high * entries });
}
