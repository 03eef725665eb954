import type { Db } from '../connect.ts';
import { raw, rows, sql } from '../sql.ts';

/** The request that a key belongs to. */
export interface KeyedRequest {
  principal: string;
  route: string;
  key: string;
}

/** An answer as it was given. */
export interface KeptAnswer {
  status: number;
  contentType: string | null;
  body: string;
}

/** What is known of a key: it is new and now ours, somebody is at it, it was for another request, or here is the answer. */
export type ClaimedKey = 'ours' | 'running' | 'other_request' | KeptAnswer;

/** A process that died leaves its key; after this time another may try. */
const STUCK = raw(`interval '2 minutes'`);

/** Takes a key for a request, or says what became of it. Keys live a day. */
export async function claimKey(db: Db, request: KeyedRequest & { requestHash: Buffer }): Promise<ClaimedKey> {
  const { principal, route, key, requestHash } = request;
  await rows(db, sql`delete from idempotency_keys where created_at < now() - interval '1 day'`);
  const taken = await rows(
    db,
    sql`insert into idempotency_keys as i (principal, route, key, request_hash)
      values (${principal}, ${route}, ${key}, ${requestHash})
      on conflict (principal, route, key) do update set created_at = now()
        where i.status is null and i.request_hash = excluded.request_hash and i.created_at < now() - ${STUCK}
      returning key`,
  );
  if (taken.length > 0) return 'ours';
  const [kept] = await rows<{
    requestHash: Buffer;
    status: number | null;
    contentType: string | null;
    body: string | null;
  }>(
    db,
    sql`select request_hash as "requestHash", status, content_type as "contentType", body from idempotency_keys
      where principal = ${principal} and route = ${route} and key = ${key}`,
  );
  if (!kept) return 'running';
  if (!kept.requestHash.equals(requestHash)) return 'other_request';
  if (kept.status === null) return 'running';
  return { status: kept.status, contentType: kept.contentType, body: kept.body ?? '' };
}

/** Keeps the answer of a key. */
export async function keepAnswer(db: Db, request: KeyedRequest, answer: KeptAnswer): Promise<void> {
  await rows(
    db,
    sql`update idempotency_keys set status = ${answer.status}, content_type = ${answer.contentType}, body = ${answer.body}
      where principal = ${request.principal} and route = ${request.route} and key = ${request.key}`,
  );
}

/** Gives a key back whose request did nothing. */
export async function releaseKey(db: Db, request: KeyedRequest): Promise<void> {
  await rows(
    db,
    sql`delete from idempotency_keys
      where principal = ${request.principal} and route = ${request.route} and key = ${request.key} and status is null`,
  );
}
