import type { ImportReport } from '../../../api/v1/schemas/imports.ts';

/** What a file can hold. */
export type ImportKind = ImportReport['kind'];

/** Every kind, in the order in which they are needed. */
export const KINDS: readonly ImportKind[] = [
  'users',
  'warnings',
  'events',
  'coupons',
  'suppressions',
  'contacts',
  'content',
  'push_subscriptions',
  'recorded',
];

/** Parts of file names, the particular ones first: `user-contacts.csv` has contacts. */
const HINTS: readonly (readonly [part: string, kind: ImportKind])[] = [
  ['push', 'push_subscriptions'],
  ['suppress', 'suppressions'],
  ['warning', 'warnings'],
  ['contact', 'contacts'],
  ['content', 'content'],
  ['coupon', 'coupons'],
  ['event', 'events'],
  ['record', 'recorded'],
  ['user', 'users'],
];

/** What a file holds by its name; null where the name says nothing. */
export function guessKind(fileName: string): ImportKind | null {
  const name = fileName.toLowerCase();
  return HINTS.find(([part]) => name.includes(part))?.[1] ?? null;
}

/** The media type under which the API takes a file of this name. */
export function mediaTypeOf(fileName: string): string {
  const name = fileName.toLowerCase();
  if (name.endsWith('.gz')) return 'application/gzip';
  return name.endsWith('.jsonl') || name.endsWith('.ndjson') ? 'application/x-ndjson' : 'text/csv';
}
