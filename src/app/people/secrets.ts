import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** argon2id with OWASP's first recommendation (19 MiB, 2 passes, 1 lane). */
const ARGON2ID = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** 256 random bits as text, for cookies and links. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a token. Random bits need no slow hash. */
export function tokenHash(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}

/** True when two tokens are the same, in constant time. */
export function sameToken(a: string, b: string): boolean {
  return timingSafeEqual(tokenHash(a), tokenHash(b));
}

/** argon2id of a password. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, ARGON2ID);
}

let decoy: Promise<string> | undefined;

/** Whether the password is right; takes as long for nobody (`stored` undefined) as for somebody. */
export async function isPassword(stored: string | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword(newToken());
  const matches = await verify(stored ?? (await decoy), password);
  return matches && stored !== undefined;
}
