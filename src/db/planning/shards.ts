import type { Db } from '../connect.ts';
import { raw, rows, sql } from '../sql.ts';
import { audience } from './audience.ts';
import type { PlanContext, UserRange } from './context.ts';

/** Warned users per shard: one transaction of planning, small enough to keep its locks for well under a second. */
export const SHARD_SIZE = 5_000;

/** A range of the audience and how many users it holds. */
export interface Shard {
  range: UserRange;
  expected: number;
}

/** The audience of the context's step cut into ranges of about `size` users, in the order of user_no. */
export async function cutShards(db: Db, context: PlanContext, size = SHARD_SIZE): Promise<Shard[]> {
  const found = await rows<{ from_user_no: number; last_user_no: number; expected: number }>(
    db,
    sql`select min(user_no) as from_user_no, max(user_no) as last_user_no, count(*)::int as expected
      from (select user_no, (row_number() over (order by user_no) - 1) / ${raw(String(size))} as shard
        from (${audience(context, null)}) a) numbered
      group by shard order by shard`,
  );
  return found.map((row) => ({
    range: { from: row.from_user_no, to: row.last_user_no + 1 },
    expected: row.expected,
  }));
}

/** Stores the shards of a step once; later calls change nothing. Returns how many the step has. */
export async function storeShards(db: Db, context: PlanContext, shards: readonly Shard[]): Promise<number> {
  await rows(
    db,
    sql`insert into wave_shards (wave_no, step, shard_no, from_user_no, to_user_no, expected)
      select ${context.waveNo}, ${context.step}, i - 1, f, t, e
      from unnest(${shards.map((shard) => shard.range.from)}::bigint[], ${shards.map((shard) => shard.range.to)}::bigint[],
        ${shards.map((shard) => shard.expected)}::int[]) with ordinality as s(f, t, e, i)
      on conflict do nothing`,
  );
  return countShards(db, { waveNo: context.waveNo, step: context.step });
}

/** Number of shards that a step has. */
export async function countShards(db: Db, step: { waveNo: number; step: number }): Promise<number> {
  const [row] = await rows<{ shards: number }>(
    db,
    sql`select count(*)::int as shards from wave_shards where wave_no = ${step.waveNo} and step = ${step.step}`,
  );
  return row?.shards ?? 0;
}

/** Numbers of the shards in [from, to) that are not planned yet. */
export async function unplannedShards(
  db: Db,
  input: { waveNo: number; step: number; from: number; to: number },
): Promise<number[]> {
  const found = await rows<{ shard_no: number }>(
    db,
    sql`select shard_no from wave_shards where wave_no = ${input.waveNo} and step = ${input.step}
      and shard_no >= ${input.from} and shard_no < ${input.to} and planned_at is null order by shard_no`,
  );
  return found.map((row) => row.shard_no);
}
