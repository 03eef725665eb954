import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a tracked link points at: a row of tracked_links, for one delivery. */
export interface LinkToken {
  deliveryId: string;
  linkNo: number;
}

type Purpose = 'unsubscribe' | 'link';

const MAC_BYTES = 16;
const UUID_BYTES = 16;
const LINK_BYTES = UUID_BYTES + 4;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const MAX_LINK_NO = 0xffff_ffff;

/** A capability to unsubscribe the recipient of one delivery (UUID), 43 characters of base64url. Throws on a malformed id. */
export function unsubscribeToken(secret: string, deliveryId: string): string {
  return seal({ secret, purpose: 'unsubscribe', payload: uuidBytes(deliveryId) });
}

/** The delivery an unsubscribe token was made for; null when it is forged, damaged or made for something else. */
export function readUnsubscribeToken(secret: string, token: string): string | null {
  const payload = unseal({ secret, purpose: 'unsubscribe', token, payloadBytes: UUID_BYTES });
  return payload ? uuidText(payload) : null;
}

/** Token of a tracked link, 48 characters of base64url; `linkNo` is a number of tracked_links below 2^32. */
export function linkToken(secret: string, link: LinkToken): string {
  if (!Number.isInteger(link.linkNo) || link.linkNo < 0 || link.linkNo > MAX_LINK_NO) {
    throw new RangeError(`link number ${link.linkNo} does not fit a token`);
  }
  const payload = Buffer.alloc(LINK_BYTES);
  uuidBytes(link.deliveryId).copy(payload);
  payload.writeUInt32BE(link.linkNo, UUID_BYTES);
  return seal({ secret, purpose: 'link', payload });
}

/** What a link token was made for; null when it is forged, damaged or made for something else. */
export function readLinkToken(secret: string, token: string): LinkToken | null {
  const payload = unseal({ secret, purpose: 'link', token, payloadBytes: LINK_BYTES });
  return payload ? { deliveryId: uuidText(payload), linkNo: payload.readUInt32BE(UUID_BYTES) } : null;
}

function seal(input: { secret: string; purpose: Purpose; payload: Buffer }): string {
  return Buffer.concat([input.payload, mac(input)]).toString('base64url');
}

function unseal(input: { secret: string; purpose: Purpose; token: string; payloadBytes: number }): Buffer | null {
  const bytes = Buffer.from(input.token, 'base64url');
  // base64url has several spellings of the same bytes: only the one we wrote is ours.
  if (bytes.length !== input.payloadBytes + MAC_BYTES || bytes.toString('base64url') !== input.token) return null;
  const payload = bytes.subarray(0, input.payloadBytes);
  const expected = mac({ secret: input.secret, purpose: input.purpose, payload });
  return timingSafeEqual(bytes.subarray(input.payloadBytes), expected) ? payload : null;
}

// The purpose is part of what is signed: a link token can never unsubscribe anybody.
function mac(input: { secret: string; purpose: Purpose; payload: Buffer }): Buffer {
  const digest = createHmac('sha256', input.secret)
    .update(`recallwave:${input.purpose}:`)
    .update(input.payload)
    .digest();
  return digest.subarray(0, MAC_BYTES);
}

function uuidBytes(deliveryId: string): Buffer {
  if (!UUID.test(deliveryId)) throw new RangeError('a delivery id is a UUID in lower case');
  return Buffer.from(deliveryId.replaceAll('-', ''), 'hex');
}

function uuidText(bytes: Buffer): string {
  const hex = bytes.toString('hex', 0, UUID_BYTES);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
