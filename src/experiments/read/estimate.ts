import type { Estimate } from '../../domain/read.ts';
import type { Interval } from '../shapes.ts';

/** A value with its interval; null where any of the three is no number, so that none gets into a read. */
export function estimate(value: number, { low, high }: Interval): Estimate | null {
  return [value, low, high].every((part) => Number.isFinite(part)) ? { value, low, high } : null;
}

/** The number, null where it is none. */
export function finiteOrNull(value: number | null | undefined): number | null {
  return value !== null && value !== undefined && Number.isFinite(value) ? value : null;
}
