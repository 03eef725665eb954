import type { GuardrailRead } from '../../domain/read.ts';
import type { Comparison } from './comparison.ts';

/** Entries on either side from which a harm that nobody suffered counts as passed, though it has no interval. */
export const SMALLEST_UNHARMED = 100;

/** Entries of both groups together at which an open guardrail will be judged, if the harm stays as it looks: widths shrink with √n. */
export function entriesToJudge(
  comparison: Comparison,
  { harm, margin }: Pick<GuardrailRead, 'harm' | 'margin'>,
): number {
  const now = comparison.entries + comparison.entriesAgainst;
  if (harm === null || margin === null) {
    const smallest = Math.min(comparison.entries, comparison.entriesAgainst);
    return smallest === 0 ? Infinity : now * Math.max(1, SMALLEST_UNHARMED / smallest);
  }
  const distance = Math.abs(margin - harm.value);
  const reach = harm.value < margin ? harm.high - harm.value : harm.value - harm.low;
  return distance === 0 ? Infinity : now * (reach / distance) ** 2;
}
