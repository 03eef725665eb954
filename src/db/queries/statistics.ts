import type { Db } from '../connect.ts';
import { raw, rows, sql } from '../sql.ts';

/** The tables that a wave or an import fills faster than autovacuum looks. */
const FAST_TABLES = [
  'entries',
  'ways',
  'messages',
  'wave_shards',
  'coupon_codes',
  'users',
  'warnings',
  'events',
  'recorded_assignments',
  'recorded_outcomes',
] as const;

/**
 * Renews the planner's statistics of tables of which more than a tenth changed since the last time. A wave grows its tables
 * by tens of thousands of rows in seconds; reports planned on what was true before it took minutes instead of seconds.
 */
export async function freshenStatistics(db: Db): Promise<void> {
  const stale = await rows<{ name: (typeof FAST_TABLES)[number] }>(
    db,
    sql`select relname as name from pg_stat_user_tables
      where relname = any(${[...FAST_TABLES]}::text[]) and n_mod_since_analyze > 1000 + n_live_tup / 10`,
  );
  for (const { name } of stale) await rows(db, sql`analyze ${raw(name)}`);
}
