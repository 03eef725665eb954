import type { AttemptRow, ReceiptRow } from '../../db/queries/receipts.ts';
import type { MessageState } from '../../domain/words.ts';
import { UNSENT } from './sentences.ts';
import { at, masked } from './words.ts';

function reasonText(reason: string | null): string {
  if (reason === null) return 'no reason was noted';
  const [key = '', ...detail] = reason.split(':');
  return UNSENT[key]?.(detail.join(':')) ?? reason.replaceAll('_', ' ');
}

const STATE: Record<MessageState, (message: ReceiptRow) => string> = {
  PLANNED: (m) => `waiting to be sent, not before ${at(m.plannedAt)}`,
  CLAIMED: () => 'a worker has it in hand; nothing has gone out',
  SUBMITTING: () => 'being handed to the provider just now',
  DEFERRED: (m) => `deferred until ${at(m.plannedAt)}: ${reasonText(m.stateReason)}`,
  ACCEPTED: (m) =>
    `accepted by ${m.provider ?? 'the provider'} at ${m.acceptedAt ? at(m.acceptedAt) : 'an unknown time'}`,
  DELIVERED: (m) => `delivered; accepted at ${m.acceptedAt ? at(m.acceptedAt) : 'an unknown time'}`,
  BOUNCED: (m) => `bounced after it was accepted: ${reasonText(m.stateReason)}`,
  COMPLAINED: () => 'delivered, and the user complained',
  ASSUMED_SENT: () => 'nobody knows for certain; taken as sent',
  SUPPRESSED: (m) => `not sent: ${reasonText(m.stateReason)}`,
  FAILED: (m) => `the provider refused it for good: ${reasonText(m.stateReason)}`,
  UNKNOWN: (m) =>
    `it may or may not have gone out (${reasonText(m.stateReason)}); it counts as used until that is settled`,
  CANCELLED: (m) => `cancelled: ${reasonText(m.stateReason)}`,
  EXPIRED: (m) => `expired: ${reasonText(m.stateReason)}`,
};

/** What became of a message, in sentences: its plan, what was tried, its state, its code (masked). */
export function messageStory(message: ReceiptRow, attempts: readonly AttemptRow[]): string[] {
  const tried = attempts.map((attempt) => {
    const why = attempt.class ?? attempt.evidence;
    return `${at(attempt.at)}: ${attempt.result}${why === null ? '' : ` (${why})`}`;
  });
  return [
    `message ${message.messageNo} by ${message.channel} in arm ${message.arm}, planned for ${at(message.plannedAt)}`,
    ...tried,
    STATE[message.state](message),
    ...(message.providerId === null ? [] : [`the provider's id: ${message.providerId}`]),
    ...(message.code === null ? [] : [`coupon ${masked(message.code)} of pool ${message.pool}: ${message.codeState}`]),
  ];
}
