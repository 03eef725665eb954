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

/** Users of neighbouring numbers in one block share a lock bucket (user-locks.ts). */
const BLOCK = 1024;

/**
 * The audience of the context's step cut into ranges of about `size` users, in the order of user_no. Ranges begin and end
 * with lock buckets, so that two of them planned at once never wait for each other.
 */
export async function cutShards(db: Db, context: PlanContext, size = SHARD_SIZE): Promise<Shard[]> {
  const blocks = await rows<{ block: number; users: number }>(
    db,
    sql`select user_no / ${raw(String(BLOCK))} as block, count(*)::int as users
      from (${audience(context, null)}) a group by 1 order by 1`,
  );
  const shards: Shard[] = [];
  for (const { block, users } of blocks) {
    const last = shards.at(-1);
    const to = (block + 1) * BLOCK;
    if (last && last.expected + users / 2 <= size) {
      last.range.to = to;
      last.expected += users;
    } else {
      shards.push({ range: { from: block * BLOCK, to }, expected: users });
    }
  }
  return shards;
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
