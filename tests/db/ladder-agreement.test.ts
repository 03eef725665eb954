import { expect, test } from 'vitest';
import { loadPlanContext } from '../../src/db/planning/load-context.ts';
import { expiryOf, planShard } from '../../src/db/planning/plan-shard.ts';
import { cutShards, storeShards } from '../../src/db/planning/shards.ts';
import { createZoneTable } from '../../src/db/planning/zones.ts';
import { walkLadder, type LadderWay } from '../../src/policy/ladder.ts';
import { freshDatabase } from '../support/database.ts';
import { ladderUsers } from '../support/ladder-users.ts';
import { aRandomWorld } from '../support/random-world.ts';

const { db } = await freshDatabase();
// Far apart, so that a few users fill several lock buckets and thereby several shards.
await db.raw('alter table users alter column user_no set increment by 61');

interface WayRow {
  user_no: number;
  disposition: string;
  rung: string | null;
  reason: string | null;
  channel: string | null;
  planned_at: Date | null;
}

function comparable(way: LadderWay): Omit<WayRow, 'user_no'> {
  const { disposition, rung, reason, channel, plannedAt } = way;
  return { disposition, rung, reason, channel, planned_at: plannedAt };
}

test.each(Array.from({ length: 14 }, (_, seed) => ({ seed })))(
  'SQL and policy send every user of random world $seed the same way',
  async ({ seed }) => {
    await db.raw(
      `truncate users, survey_answers, warnings, events, contacts, suppressions, push_subscriptions, coupon_codes, coupon_pools, entries, messages,
        ways, wave_shards, waves restart identity`,
    );
    const world = await aRandomWorld(db, seed);
    const context = await loadPlanContext(db, world.request);
    const before = await ladderUsers(db, context);
    const supplies = world.supplies();
    const expected = new Map(
      before.map((user) => [
        user.userNo,
        comparable(walkLadder({ ...context, expiresAt: expiryOf(context) }, user, supplies)),
      ]),
    );

    // A budget closes per range; without one the ranges must not matter.
    await storeShards(db, context, await cutShards(db, context, supplies.budgetLeftMinor === null ? 40 : 1000));
    const zoneTable = createZoneTable(context);
    for (const { shard_no } of await db('wave_shards').where({ wave_no: context.waveNo }).orderBy('shard_no')) {
      await planShard(db, context, { shardNo: shard_no, zoneTable });
    }

    const rows: WayRow[] = await db('ways').where({ wave_no: context.waveNo }).orderBy('user_no');
    expect(rows.length).toBe(expected.size);
    for (const { user_no, disposition, rung, reason, channel, planned_at } of rows) {
      const way = { disposition, rung, reason, channel, planned_at };
      expect({ seed, user_no, ...way }).toEqual({ seed, user_no, ...expected.get(user_no) });
    }
    expect(new Set(rows.map((row) => row.disposition)).size).toBeGreaterThan(1);
  },
);
