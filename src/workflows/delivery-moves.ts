import type { DeliveryActivities } from '../activities/contract.ts';
import type { DeliveryCounts } from '../domain/delivery-counts.ts';

export type Look = Awaited<ReturnType<DeliveryActivities['findDueRanges']>>;

/** What a delivery does after it looked at the outbox. */
export type Move = { kind: 'send' } | { kind: 'wait'; ms: number } | { kind: 'settle' };

const SECOND = 1_000;
/** While nothing is known to fall due (paused, halted), a look an hour; a signal wakes earlier. */
export const LONGEST_WAIT = 3_600 * SECOND;
/** So many waits end at the very moment; after them due times are gathered by the minute, or they would cost an action each. */
const EXACT_WAITS = 20;

/** Time until the next look when nothing moved, growing from 5 s to an hour. */
export function backOff(idleLooks: number): number {
  return Math.min(LONGEST_WAIT, 5 * SECOND * 2 ** Math.min(idleLooks, 10));
}

/** Where a delivery stands when it looks. */
export interface Standing {
  /** The workflow's time in ms. */
  now: number;
  /** Looks in a row that showed the same numbers. */
  idleLooks: number;
  /** The ranges of the look before were sent, and nothing of them moved. */
  stalled: boolean;
  /** How often this delivery has waited. */
  waits: number;
}

/** The next move of a delivery. A paused one stays, so that its step cannot end under the pause. */
export function nextMove(look: Look, at: Standing): Move {
  if (look.runState === 'paused') return { kind: 'wait', ms: LONGEST_WAIT };
  if (look.ranges.length > 0 && look.runState === 'running') {
    // Whatever holds the rows back (a provider that stopped, a lock), asking again at once won't help.
    return at.stalled ? { kind: 'wait', ms: backOff(at.idleLooks) } : { kind: 'send' };
  }
  if (look.counts.open === 0 && look.nextDueAt === null) return { kind: 'settle' };
  const due = look.nextDueAt === null ? Number.NaN : Date.parse(look.nextDueAt) - at.now;
  if (!(due > 0)) return { kind: 'wait', ms: backOff(at.idleLooks) };
  // A due time that moves on while nothing else does is a hold (kill switch, stopped provider): its end wakes us by signal.
  const patience = at.idleLooks > 1 ? backOff(at.idleLooks) : SECOND;
  return { kind: 'wait', ms: Math.max(due, patience, at.waits < EXACT_WAITS ? 0 : 60 * SECOND) };
}

/** True when a look shows the same numbers as the one before. */
export function unchanged(before: DeliveryCounts, after: DeliveryCounts): boolean {
  return (Object.keys(after) as (keyof DeliveryCounts)[]).every((state) => before[state] === after[state]);
}
