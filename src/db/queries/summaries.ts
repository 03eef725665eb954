import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';

/** A kept answer: JSON, how long it took to count, and how long ago that was by the database's clock, in milliseconds. */
export interface StoredSummary {
  content: string;
  tookMs: number;
  ageMs: number;
}

/** The kept answer to a question, or undefined. */
export async function findSummary(db: Db, key: string): Promise<StoredSummary | undefined> {
  const found = await rows<StoredSummary>(
    db,
    sql`select content, took_ms as "tookMs", (extract(epoch from clock_timestamp() - made_at) * 1000)::float8 as "ageMs"
      from summaries where key = ${key}`,
  );
  return found[0];
}

/** Drops the kept answer to a question, where there is one. */
export async function forgetSummary(db: Db, key: string): Promise<void> {
  await rows(db, sql`delete from summaries where key = ${key}`);
}

const KEPT_DAYS = 7;

/** Keeps an answer in place of the older one, and drops those that nobody asked for in a week. */
export async function keepSummary(db: Db, input: { key: string; content: string; tookMs: number }): Promise<void> {
  const { key, content, tookMs } = input;
  await rows(db, sql`delete from summaries where made_at < now() - make_interval(days => ${KEPT_DAYS}::int)`);
  await rows(
    db,
    sql`insert into summaries (key, content, took_ms) values (${key}, ${content}, ${Math.round(tookMs)}::int)
      on conflict (key) do update set content = excluded.content, took_ms = excluded.took_ms, made_at = clock_timestamp()`,
  );
}
