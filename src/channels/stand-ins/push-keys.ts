import { createDecipheriv, createECDH, createHash, hkdfSync, type ECDH } from 'node:crypto';

/**
 * The keys of every subscription of the sample company: the stand-in can then show what it was sent. Derived from a public
 * sentence, so worth nothing to a real browser.
 */
export const STAND_IN_PUSH_KEYS: { p256dh: string; auth: string } = (() => {
  return { p256dh: receiver().getPublicKey().toString('base64url'), auth: authSecret().toString('base64url') };
})();

function receiver(): ECDH {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(createHash('sha256').update('recallwave stand-in subscriber').digest());
  return ecdh;
}

function authSecret(): Buffer {
  return createHash('sha256').update('recallwave stand-in auth').digest().subarray(0, 16);
}

/** Title, text and link of an aes128gcm payload (RFC 8291) for STAND_IN_PUSH_KEYS; others stay closed. */
export function readPushPayload(body: Buffer): { title?: string; text?: string; url?: string } {
  try {
    const { title, body: text, url } = JSON.parse(decrypt(body)) as { title?: string; body?: string; url?: string };
    return {
      ...(title !== undefined && { title }),
      ...(text !== undefined && { text }),
      ...(url !== undefined && { url }),
    };
  } catch {
    return { text: '(encrypted for the subscriber)' };
  }
}

function decrypt(body: Buffer): string {
  const salt = body.subarray(0, 16);
  const keyLength = body[20] ?? 0;
  const senderKey = body.subarray(21, 21 + keyLength);
  const sealed = body.subarray(21 + keyLength);
  const ecdh = receiver();
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), ecdh.getPublicKey(), senderKey]);
  const secret = Buffer.from(hkdfSync('sha256', ecdh.computeSecret(senderKey), authSecret(), info, 32));
  const key = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: aes128gcm\0', 16));
  const nonce = Buffer.from(hkdfSync('sha256', secret, salt, 'Content-Encoding: nonce\0', 12));
  const decipher = createDecipheriv('aes-128-gcm', key, nonce);
  decipher.setAuthTag(sealed.subarray(-16));
  const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  return plain.subarray(0, plain.lastIndexOf(2)).toString('utf8');
}
