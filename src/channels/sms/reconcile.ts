import type { ReconcileResult } from '../channel.ts';

/** The part of Twilio's message that helps to tell whether it is ours. */
export interface ListedMessage {
  sid: string;
  body: string;
  dateCreated: Date;
  subresourceUris: Record<string, string>;
}

/** Twilio's times are whole seconds, and its clock is not ours. */
const SLACK_MS = 5_000;

/**
 * Finds our message among those listed for its number: by our id where it is shown (stand-in), else by its text (tracked links
 * make it one of a kind), else as the only one since then. Several without a text to tell them apart: cannot tell.
 */
export function findOurs(
  listed: readonly ListedMessage[],
  query: { deliveryId: string; since: Date; text?: string },
): ReconcileResult {
  const callbacks = listed.map((one) => one.subresourceUris['status_callback']).filter(Boolean);
  const byId = listed.find((one) => one.subresourceUris['status_callback']?.endsWith(`d=${query.deliveryId}`));
  if (byId !== undefined) return { kind: 'accepted', providerId: byId.sid };
  if (callbacks.length > 0 && callbacks.length === listed.length) return { kind: 'not_found' };
  const recent = listed.filter((one) => one.dateCreated.getTime() >= query.since.getTime() - SLACK_MS);
  const candidates = query.text === undefined ? recent : recent.filter((one) => one.body === query.text);
  const [first, second] = candidates;
  if (first === undefined) return { kind: 'not_found' };
  return second === undefined ? { kind: 'accepted', providerId: first.sid } : { kind: 'cannot_tell' };
}
