import type { Actor } from '../../domain/actor.ts';
import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';

/** A key of the HTTP API without what it can be used with. */
export interface ApiKeyRow {
  keyNo: number;
  name: string;
  prefix: string;
  scopes: string[];
  actor: Actor;
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  /** By the database's clock: neither revoked nor expired. */
  valid: boolean;
}

const COLUMNS = sql`key_no as "keyNo", name, prefix, scopes, actor, created_at as "createdAt", expires_at as "expiresAt",
  revoked_at as "revokedAt", revoked_at is null and coalesce(expires_at > now(), true) as valid`;

/** Adds a key by its hash; `expiresInMs` null: it never ends by itself. */
export async function insertApiKey(
  db: Db,
  input: { name: string; prefix: string; hash: Buffer; scopes: string[]; expiresInMs: number | null; actor: Actor },
): Promise<ApiKeyRow> {
  const [row] = await rows<ApiKeyRow>(
    db,
    sql`insert into api_keys (name, prefix, hash, scopes, actor, expires_at)
      values (${input.name}, ${input.prefix}, ${input.hash}, ${input.scopes}::text[], ${input.actor},
        now() + ${input.expiresInMs}::float8 * interval '1 millisecond')
      returning ${COLUMNS}`,
  );
  if (!row) throw new Error('an insert returned no row');
  return row;
}

/** The key of a prefix with its hash, undefined where there is none. */
export async function findApiKey(db: Db, prefix: string): Promise<(ApiKeyRow & { hash: Buffer }) | undefined> {
  const [row] = await rows<ApiKeyRow & { hash: Buffer }>(
    db,
    sql`select ${COLUMNS}, hash from api_keys where prefix = ${prefix}`,
  );
  return row;
}

/** All keys, newest first. */
export function listApiKeyRows(db: Db): Promise<ApiKeyRow[]> {
  return rows<ApiKeyRow>(db, sql`select ${COLUMNS} from api_keys order by key_no desc`);
}

/** Revokes a key; false where it was revoked before. */
export async function revokeApiKeyRow(db: Db, keyNo: number): Promise<boolean> {
  const changed = await rows(
    db,
    sql`update api_keys set revoked_at = now() where key_no = ${keyNo} and revoked_at is null returning key_no`,
  );
  return changed.length > 0;
}
