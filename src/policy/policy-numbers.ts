import type { PolicyNumbers } from '../domain/learning.ts';

const KEYS = ['lo', 'hi', 'treatByBand', 'armShares'] as const;

/** The numbers of `to` that differ from `from`. */
export function changedNumbers(from: PolicyNumbers, to: PolicyNumbers): Partial<PolicyNumbers> {
  return Object.fromEntries(KEYS.filter((key) => !isEqual(from[key], to[key])).map((key) => [key, to[key]]));
}

/** True where a policy has all of these numbers. */
export function hasNumbers(policy: PolicyNumbers, numbers: Partial<PolicyNumbers>): boolean {
  return KEYS.every((key) => !(key in numbers) || isEqual(policy[key], numbers[key]));
}

function isEqual(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

/** Shares by arm come back from the database in another order. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
}
