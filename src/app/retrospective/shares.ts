import { wilson } from '../../experiments/proportions.ts';
import type { Estimate } from '../../domain/read.ts';

/** How many of how many, with the rate and its 95 % Wilson interval; null where there is nobody. */
export interface Share {
  count: number;
  of: number;
  rate: Estimate | null;
}

/** A share with its interval: a bare rate of a few says nothing. */
export function shareOf(count: number, of: number): Share {
  if (of === 0) return { count, of, rate: null };
  return { count, of, rate: { value: count / of, ...wilson({ converted: count, entries: of }) } };
}
