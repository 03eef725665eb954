import type { ReconcileResult } from '../channel.ts';

/** The part of Twilio's message that helps to tell whether it is ours. */
export interface ListedMessage {
  sid: string;
  body: string;
  dateCreated: Date;
  subresourceUris: Record<string, string>;
}

/** Twilio's times are whole seconds, and its clock is not ours; a request is given up long before two minutes. */
const WINDOW_MS = { before: 5_000, after: 120_000 };

/**
 * Finds our message among those listed for its number: by our id where it is shown (stand-in), else by its text (tracked links
 * make it one of a kind), else as the only one of those two minutes. Several without a text to tell them apart: cannot tell.
 */
export function findOurs(
  listed: readonly ListedMessage[],
  query: { deliveryId: string; since: Date; text?: string },
): ReconcileResult {
  const callbacks = listed.map((one) => one.subresourceUris['status_callback']).filter(Boolean);
  const byId = listed.find((one) => one.subresourceUris['status_callback']?.endsWith(`d=${query.deliveryId}`));
  if (byId !== undefined) return { kind: 'accepted', providerId: byId.sid };
  if (callbacks.length > 0 && callbacks.length === listed.length) return { kind: 'not_found' };
  const candidates = listed.filter((one) => {
    const afterMs = one.dateCreated.getTime() - query.since.getTime();
    const inTime = afterMs >= -WINDOW_MS.before && afterMs <= WINDOW_MS.after;
    return inTime && (query.text === undefined || one.body === query.text);
  });
  const [first, second] = candidates;
  if (first === undefined) return { kind: 'not_found' };
  return second === undefined ? { kind: 'accepted', providerId: first.sid } : { kind: 'cannot_tell' };
}
