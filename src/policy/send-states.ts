import type { MessageState } from '../domain/words.ts';

/** Legal moves of a message (RELIABILITY.md §1, rule 10). An expired SUBMITTING never goes back to PLANNED by itself. */
export const SEND_TRANSITIONS: Record<MessageState, readonly MessageState[]> = {
  PLANNED: ['CLAIMED', 'DEFERRED', 'CANCELLED', 'EXPIRED', 'SUPPRESSED'],
  CLAIMED: ['SUBMITTING', 'PLANNED', 'DEFERRED', 'SUPPRESSED', 'CANCELLED', 'EXPIRED', 'FAILED'],
  SUBMITTING: ['ACCEPTED', 'PLANNED', 'FAILED', 'UNKNOWN'],
  DEFERRED: ['PLANNED', 'EXPIRED', 'CANCELLED', 'SUPPRESSED'],
  UNKNOWN: ['ACCEPTED', 'PLANNED', 'ASSUMED_SENT', 'FAILED', 'DELIVERED', 'BOUNCED'],
  ACCEPTED: ['DELIVERED', 'BOUNCED', 'COMPLAINED'],
  ASSUMED_SENT: ['DELIVERED', 'BOUNCED', 'COMPLAINED'],
  DELIVERED: ['COMPLAINED', 'BOUNCED'],
  BOUNCED: [],
  COMPLAINED: [],
  SUPPRESSED: [],
  FAILED: [],
  CANCELLED: [],
  EXPIRED: [],
};

/** States in which the provider has, or may have, the message: caps count them, `prove` calls them contacted or unknown. */
export const SENT_STATES: readonly MessageState[] = ['ACCEPTED', 'DELIVERED', 'BOUNCED', 'COMPLAINED', 'ASSUMED_SENT'];

/** States in which a reservation is given back. */
export const RELEASED_STATES: readonly MessageState[] = ['SUPPRESSED', 'FAILED', 'CANCELLED', 'EXPIRED'];

/** True when `to` may follow `from`. */
export function canMove(from: MessageState, to: MessageState): boolean {
  return SEND_TRANSITIONS[from].includes(to);
}

/** States in which a message stands otherwise than planned, on the way or taken: the database lists them apart (migration 015). */
export const TROUBLE_STATES: readonly MessageState[] = [
  'DEFERRED',
  'SUPPRESSED',
  'FAILED',
  'UNKNOWN',
  'CANCELLED',
  'EXPIRED',
  'BOUNCED',
  'COMPLAINED',
  'ASSUMED_SENT',
];
