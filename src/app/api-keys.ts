import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { recordAudit } from '../db/queries/audit.ts';
import { findApiKey, insertApiKey, listApiKeyRows, revokeApiKeyRow, type ApiKeyRow } from '../db/queries/api-keys.ts';
import type { Db } from '../db/connect.ts';
import type { Actor } from '../domain/actor.ts';
import { RecallwaveError } from '../domain/failures.ts';
import { API_SCOPES, type ApiScope } from '../domain/roles.ts';
import { durationMs } from '../policy/duration.ts';

export type { ApiKeyRow } from '../db/queries/api-keys.ts';

/** rw_<prefix>_<secret>: the prefix finds the row, the whole is hashed. 256 random bits need no slow hash. */
const KEY = /^rw_([0-9a-f]{12})_[0-9a-f]{64}$/;
const NAME = /^[A-Za-z0-9][\w.-]{0,62}$/;

/** Makes a key and returns it, which nobody can do a second time: only its hash is kept. Throws BadInput. */
export async function createApiKey(input: {
  db: Db;
  name: string;
  scopes: readonly ApiScope[];
  /** Such as 12h or 90d; null: it never ends by itself. */
  expiresIn: string | null;
  actor: Actor;
}): Promise<{ key: string; row: ApiKeyRow }> {
  const { db, name, actor } = input;
  if (!NAME.test(name)) {
    const fix = 'use letters, digits, . _ and -, at most 63, beginning with a letter or digit';
    throw new RecallwaveError('BadInput', `"${name}" is no name for a key`, fix);
  }
  if (input.scopes.length === 0) {
    throw new RecallwaveError('BadInput', 'the key may do nothing', `name scopes: ${API_SCOPES.join(', ')}`);
  }
  const expiresInMs = input.expiresIn === null ? null : lifetimeMs(input.expiresIn);
  const prefix = randomBytes(6).toString('hex');
  const key = `rw_${prefix}_${randomBytes(32).toString('hex')}`;
  const scopes = [...new Set(input.scopes)];
  return db.transaction(async (trx) => {
    const row = await insertApiKey(trx, { name, prefix, hash: hashOf(key), scopes, expiresInMs, actor });
    const details = { keyNo: row.keyNo, scopes, expiresAt: row.expiresAt };
    await recordAudit(trx, { actor, action: 'key.create', subject: name, details });
    return { key, row };
  });
}

function lifetimeMs(text: string): number {
  if (/^[1-9]\d{0,4}[mhd]$/.test(text)) return durationMs(text);
  throw new RecallwaveError('BadInput', `"${text}" is no time to live`, 'write it such as 12h or 90d');
}

/** All keys, newest first, without what they can be used with. */
export function listApiKeys(db: Db): Promise<ApiKeyRow[]> {
  return listApiKeyRows(db);
}

/**
 * Ends a key at once. `which`: its number, its prefix, or its name where one valid key has it. Throws NotFound, or BadInput where
 * several have the name.
 */
export async function revokeApiKey(input: {
  db: Db;
  which: string;
  actor: Actor;
}): Promise<{ row: ApiKeyRow; changed: boolean }> {
  const { db, which, actor } = input;
  const row = named(await listApiKeyRows(db), which);
  return db.transaction(async (trx) => {
    const changed = await revokeApiKeyRow(trx, row.keyNo);
    if (changed) {
      await recordAudit(trx, { actor, action: 'key.revoke', subject: row.name, details: { keyNo: row.keyNo } });
    }
    return { row, changed };
  });
}

function named(keys: readonly ApiKeyRow[], which: string): ApiKeyRow {
  const exact = keys.find((key) => String(key.keyNo) === which || key.prefix === which.replace(/^rw_/, ''));
  if (exact) return exact;
  const same = keys.filter((key) => key.name === which);
  const valid = same.filter((key) => key.valid);
  if (valid.length > 1) {
    const numbers = valid.map((key) => key.keyNo).join(', ');
    throw new RecallwaveError('BadInput', `${valid.length} keys are called ${which}`, `name one by number: ${numbers}`);
  }
  const found = valid[0] ?? same[0];
  if (found) return found;
  throw new RecallwaveError('NotFound', `there is no key "${which}"`, 'see them with: recallwave key list');
}

/** The valid key of an Authorization header; null for everything else, without saying why. */
export async function checkApiKey(db: Db, header: string | undefined): Promise<ApiKeyRow | null> {
  const key = /^Bearer +(\S+) *$/i.exec(header ?? '')?.[1] ?? '';
  const prefix = KEY.exec(key)?.[1];
  const found = prefix === undefined ? undefined : await findApiKey(db, prefix);
  if (!found) return null;
  const { hash, ...row } = found;
  return timingSafeEqual(hash, hashOf(key)) && row.valid ? row : null;
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
