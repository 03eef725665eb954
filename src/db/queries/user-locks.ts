import type { Knex } from 'knex';
import { rows, sql } from '../sql.ts';

/** Namespace of the advisory locks that keep caps exact (docs/design.md, Locks). */
export const USER_LOCK_SPACE = 7201;

const BUCKETS = 256;

/** Bucket of a user: 1,024 neighbours share one, so a shard of neighbours takes few locks. */
export function userBucket(userNo: number): number {
  return Math.floor(userNo / 1024) % BUCKETS;
}

async function lockBuckets(trx: Knex.Transaction, buckets: Iterable<number>): Promise<void> {
  const ordered = [...new Set(buckets)].toSorted((a, b) => a - b);
  if (ordered.length === 0) return;
  // Ascending order in one statement: two transactions can never wait for each other in a circle.
  await rows(
    trx,
    sql`select pg_advisory_xact_lock(${USER_LOCK_SPACE}::int, b) from unnest(${ordered}::int[]) with ordinality as t(b, i) order by i`,
  );
}

/** Takes the bucket locks of these users until the transaction ends. */
export async function lockUserBuckets(trx: Knex.Transaction, userNos: readonly number[]): Promise<void> {
  await lockBuckets(trx, userNos.map(userBucket));
}

/** Takes the bucket locks of all users in [from, to) until the transaction ends. */
export async function lockUserRange(trx: Knex.Transaction, range: { from: number; to: number }): Promise<void> {
  const first = Math.floor(range.from / 1024);
  const last = Math.floor((range.to - 1) / 1024);
  const count = Math.min(last - first + 1, BUCKETS);
  await lockBuckets(
    trx,
    Array.from({ length: Math.max(count, 0) }, (_, i) => (first + i) % BUCKETS),
  );
}
