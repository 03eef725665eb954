import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a tracked link points at: a row of tracked_links, for one delivery. */
export interface LinkToken {
  deliveryId: string;
  linkNo: number;
}

type Purpose = 'unsubscribe' | 'link' | 'survey' | 'preferences';

const UUID_BYTES = 16;
// A link in an SMS is paid by the character and only leads to a page: 80 bits are beyond guessing over HTTP.
const MAC_BYTES = { unsubscribe: 16, link: 10, survey: 10, preferences: 16 } as const satisfies Record<Purpose, number>;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const MAX_LINK_NO = 0xffff_ffff;

/** A capability to unsubscribe the recipient of one delivery (UUID), 43 characters of base64url. Throws on a malformed id. */
export function unsubscribeToken(secret: string, deliveryId: string): string {
  return seal({ secret, purpose: 'unsubscribe', payload: uuidBytes(deliveryId) });
}

/** The delivery an unsubscribe token was made for; null when it is forged, damaged or made for something else. */
export function readUnsubscribeToken(secret: string, token: string): string | null {
  return readDelivery({ secret, purpose: 'unsubscribe', token });
}

/** A capability to answer the survey of one delivery, 35 characters of base64url. */
export function surveyToken(secret: string, deliveryId: string): string {
  return seal({ secret, purpose: 'survey', payload: uuidBytes(deliveryId) });
}

/** The delivery a survey token was made for; null as in `readUnsubscribeToken`. */
export function readSurveyToken(secret: string, token: string): string | null {
  return readDelivery({ secret, purpose: 'survey', token });
}

/** A capability to see and change the preferences of the recipient of one delivery, 43 characters of base64url. */
export function preferencesToken(secret: string, deliveryId: string): string {
  return seal({ secret, purpose: 'preferences', payload: uuidBytes(deliveryId) });
}

/** The delivery a preferences token was made for; null as in `readUnsubscribeToken`. */
export function readPreferencesToken(secret: string, token: string): string | null {
  return readDelivery({ secret, purpose: 'preferences', token });
}

function readDelivery(input: { secret: string; purpose: Purpose; token: string }): string | null {
  const payload = unseal(input);
  return payload?.length === UUID_BYTES ? uuidText(payload) : null;
}

/** Token of a tracked link, 36 to 40 characters of base64url; `linkNo` is a number of tracked_links below 2^32. */
export function linkToken(secret: string, link: LinkToken): string {
  const payload = Buffer.concat([uuidBytes(link.deliveryId), linkBytes(link.linkNo)]);
  return seal({ secret, purpose: 'link', payload });
}

/** What a link token was made for; null when it is forged, damaged or made for something else. */
export function readLinkToken(secret: string, token: string): LinkToken | null {
  const payload = unseal({ secret, purpose: 'link', token });
  const size = (payload?.length ?? 0) - UUID_BYTES;
  if (!payload || size < 1 || size > 4) return null;
  return { deliveryId: uuidText(payload), linkNo: payload.readUIntBE(UUID_BYTES, size) };
}

function seal(input: { secret: string; purpose: Purpose; payload: Buffer }): string {
  return Buffer.concat([input.payload, mac(input)]).toString('base64url');
}

function unseal(input: { secret: string; purpose: Purpose; token: string }): Buffer | null {
  const bytes = Buffer.from(input.token, 'base64url');
  // base64url has several spellings of the same bytes: only the one we wrote is ours.
  if (bytes.length <= UUID_BYTES || bytes.toString('base64url') !== input.token) return null;
  const payload = bytes.subarray(0, bytes.length - MAC_BYTES[input.purpose]);
  const given = bytes.subarray(payload.length);
  const expected = mac({ secret: input.secret, purpose: input.purpose, payload });
  return given.length === expected.length && timingSafeEqual(given, expected) ? payload : null;
}

// The purpose is part of what is signed: a link token can never unsubscribe anybody.
function mac(input: { secret: string; purpose: Purpose; payload: Buffer }): Buffer {
  const digest = createHmac('sha256', input.secret)
    .update(`recallwave:${input.purpose}:`)
    .update(input.payload)
    .digest();
  return digest.subarray(0, MAC_BYTES[input.purpose]);
}

function linkBytes(linkNo: number): Buffer {
  if (!Number.isInteger(linkNo) || linkNo < 0 || linkNo > MAX_LINK_NO) {
    throw new RangeError(`link number ${linkNo} does not fit a token`);
  }
  const size = linkNo < 0x100 ? 1 : linkNo < 0x1_0000 ? 2 : linkNo < 0x100_0000 ? 3 : 4;
  const bytes = Buffer.alloc(size);
  bytes.writeUIntBE(linkNo, 0, size);
  return bytes;
}

function uuidBytes(deliveryId: string): Buffer {
  if (!UUID.test(deliveryId)) throw new RangeError('a delivery id is a UUID in lower case');
  return Buffer.from(deliveryId.replaceAll('-', ''), 'hex');
}

function uuidText(bytes: Buffer): string {
  const hex = bytes.toString('hex', 0, UUID_BYTES);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
