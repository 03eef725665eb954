import type { Knex } from 'knex';
import type { Db } from '../connect.ts';
import { raw, rows, sql } from '../sql.ts';
import type { PlanContext, PlanTables } from './context.ts';
import { planRange } from './plan-shard.ts';
import { cutShards } from './shards.ts';
import type { WayCount } from './walk.ts';
import { createZoneTable } from './zones.ts';

const TABLES = ['entries', 'ways', 'messages'] as const;

/** Where a rehearsal writes: temporary twins that vanish with its transaction, so that nothing real is touched or locked. */
const REHEARSAL_TABLES: PlanTables = {
  entries: raw('rehearsed_entries'),
  ways: raw('rehearsed_ways'),
  messages: raw('rehearsed_messages'),
};

async function makeTwins(trx: Db): Promise<void> {
  for (const table of TABLES) {
    await trx.raw(`create temporary table rehearsed_${table} (like ${table} including defaults) on commit drop`);
  }
  // The real one numbers itself; a twin's rows need no number.
  await trx.raw(`alter table rehearsed_messages alter column message_no drop not null`);
}

/** Users per action, arm, channel, planned hour (UTC, ISO) and state; costs in minor units. */
export interface RehearsedGroup {
  action: string;
  arm: string;
  channel: string;
  /** Hour of the user's own clock, 0–23; null where his zone is unknown. */
  localHour: number | null;
  state: string;
  users: number;
  costMinor: number;
  coupons: number;
}

async function groups(trx: Db, context: PlanContext): Promise<RehearsedGroup[]> {
  // AT TIME ZONE only labels an hour here; what is sent when was decided in policy/.
  return rows<RehearsedGroup>(
    trx,
    sql`select m.action, m.arm, m.channel, m.state, count(*)::int as users, sum(m.cost_minor)::bigint as "costMinor",
        count(m.code_no)::int as coupons,
        extract(hour from m.planned_at at time zone z.name)::int as "localHour"
      from rehearsed_messages m join users u on u.user_no = m.user_no
      left join pg_timezone_names z on z.name = coalesce(u.timezone, ${context.defaultTimezone})
      group by 1, 2, 3, 4, 8 order by 1, 2, 3, 8, 4`,
  );
}

/** Arms drawn, by assignment, action and arm. */
export interface RehearsedAssignment {
  assignment: string;
  action: string;
  arm: string | null;
  users: number;
}

/** What a rehearsal's plan came to. */
export interface RehearsedPlan {
  ways: WayCount[];
  groups: RehearsedGroup[];
  assignments: RehearsedAssignment[];
}

/**
 * Plans the whole audience by the statement of a real wave into temporary tables and rolls back. Budget and coupons are taken
 * from what is free now; no lock is held, so a real wave may run at the same time.
 */
export async function rehearsePlan(
  db: Knex,
  context: PlanContext,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<RehearsedPlan> {
  const shards = await cutShards(db, context);
  const total = shards.reduce((sum, shard) => sum + shard.expected, 0);
  const zoneTable = createZoneTable(context);
  return db.transaction(async (trx) => {
    await makeTwins(trx);
    const ways: WayCount[] = [];
    const used = { minor: 0, codes: new Set<number>() };
    let done = 0;
    for (const { range, expected } of shards) {
      const input = { range, expected, zoneTable, tables: REHEARSAL_TABLES, lock: false, used };
      const counts = await planRange(trx, context, input);
      used.minor += counts.reduce((sum, count) => sum + count.cost_minor, 0);
      for (const row of await rows<{ code_no: number }>(
        trx,
        sql`select code_no from rehearsed_messages where code_no is not null and user_no >= ${range.from} and user_no < ${range.to}`,
      )) {
        used.codes.add(row.code_no);
      }
      ways.push(...counts);
      done += expected;
      onProgress(done, total);
    }
    const assignments = await rows<RehearsedAssignment>(
      trx,
      sql`select assignment, action, arm, count(*)::int as users from rehearsed_entries group by 1, 2, 3 order by 1, 2, 3`,
    );
    return { ways: merged(ways), groups: await groups(trx, context), assignments };
  });
}

function merged(counts: readonly WayCount[]): WayCount[] {
  const by = new Map<string, WayCount>();
  for (const count of counts) {
    const key = [count.disposition, count.rung, count.reason, count.channel].join('|');
    const sum = by.get(key);
    if (sum) {
      sum.users += count.users;
      sum.cost_minor += count.cost_minor;
    } else {
      by.set(key, { ...count });
    }
  }
  return [...by.values()];
}
