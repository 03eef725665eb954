import type { Knex } from 'knex';
import { durationMs } from '../../policy/duration.ts';
import type { Db } from '../connect.ts';
import { lockUserRange } from '../queries/user-locks.ts';
import { raw, rows, sql } from '../sql.ts';
import type { PlanContext, PlanTables, UserRange } from './context.ts';
import { placeDeferred } from './deferrals.ts';
import { bookSupplies, takeSupplies } from './supplies.ts';
import type { WayCount } from './walk.ts';
import { planStatement } from './write.ts';
import type { ZoneRow } from './zones.ts';

/** The tables of a real plan. */
export const REAL_TABLES: PlanTables = { entries: raw('entries'), ways: raw('ways'), messages: raw('messages') };

export type ZoneTable = (timezones: readonly string[]) => ZoneRow[];

/** Not-after of every message of the context's step. */
export function expiryOf(context: PlanContext): Date {
  return new Date(context.decisionAt.getTime() + durationMs(context.campaign.expiresAfter));
}

/** Distinct zones of the users of a range, '' for users without one. */
async function timezonesOf(db: Db, context: PlanContext, range: UserRange): Promise<string[]> {
  const found = await rows<{ timezone: string }>(
    db,
    sql`select distinct coalesce(timezone, '') as timezone from users
      where user_no >= ${range.from} and user_no < ${range.to}`,
  );
  return [...new Set([...found.map((row) => row.timezone), context.defaultTimezone ?? ''])];
}

/** `used`: what earlier ranges of a rehearsal took without writing it. */
export interface PlanRangeInput {
  range: UserRange;
  expected: number;
  zoneTable: ZoneTable;
  tables: PlanTables;
  lock: boolean;
  used?: { minor: number; codes: ReadonlySet<number> };
}

/** Ladder, entries, ways and messages of a range in one statement, on whatever tables; counts per way. */
export async function planRange(db: Db, context: PlanContext, input: PlanRangeInput): Promise<WayCount[]> {
  const zones = input.zoneTable(await timezonesOf(db, context, input.range));
  const supplies = await takeSupplies(db, context, input);
  return rows<WayCount>(
    db,
    planStatement(context, input.tables, { range: input.range, zones, supplies, expiresAt: expiryOf(context) }),
  );
}

async function claimShard(trx: Knex.Transaction, context: PlanContext, shardNo: number): Promise<ShardRow | null> {
  // KEY SHARE: an abort (FOR UPDATE) waits for this shard and then sees its messages; other shards don't wait.
  const [wave] = await rows<{ state: string }>(
    trx,
    sql`select state from waves where wave_no = ${context.waveNo} for key share`,
  );
  if (wave?.state === 'aborted') return null;
  const [shard] = await rows<ShardRow>(
    trx,
    sql`select from_user_no, to_user_no, expected from wave_shards
      where wave_no = ${context.waveNo} and step = ${context.step} and shard_no = ${shardNo} and planned_at is null
      for update`,
  );
  return shard ?? null;
}

interface ShardRow {
  from_user_no: number;
  to_user_no: number;
  expected: number;
}

/**
 * Plans one shard in one transaction: user buckets are locked, so caps are exact whatever other waves do; a shard that is
 * planned already is left alone. Counts are those of this call, none when there was nothing to do.
 */
export async function planShard(
  db: Knex,
  context: PlanContext,
  { shardNo, zoneTable }: { shardNo: number; zoneTable: ZoneTable },
): Promise<WayCount[]> {
  return db.transaction(async (trx) => {
    const shard = await claimShard(trx, context, shardNo);
    if (!shard) return [];
    const range = { from: shard.from_user_no, to: shard.to_user_no };
    await lockUserRange(trx, range);
    const input = { range, expected: shard.expected, zoneTable, tables: REAL_TABLES, lock: true };
    const counts = await planRange(trx, context, input);
    await bookSupplies(trx, context, { range, spentMinor: counts.reduce((sum, count) => sum + count.cost_minor, 0) });
    if (counts.some((count) => count.disposition === 'deferred')) await placeDeferred(trx, context, range);
    await rows(
      trx,
      sql`update wave_shards set planned_at = now()
        where wave_no = ${context.waveNo} and step = ${context.step} and shard_no = ${shardNo}`,
    );
    return counts;
  });
}
