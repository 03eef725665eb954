import type { Actor } from '../../domain/actor.ts';
import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';
import { recordAudit } from './audit.ts';

export type CodeState = 'free' | 'reserved' | 'sent' | 'redeemed' | 'void';

/** A pool and how many of its codes are in which state; test codes are counted apart. */
export interface PoolRow {
  pool: string;
  kind: 'imported' | 'generated';
  free: number;
  reserved: number;
  sent: number;
  redeemed: number;
  void: number;
  expired: number;
  test: number;
}

/** Pools by name. `expired`: free codes whose time is over. */
export function listPools(db: Db): Promise<PoolRow[]> {
  return rows(
    db,
    sql`select p.pool, p.kind,
        count(*) filter (where c.state = 'free' and not c.test and coalesce(c.expires_at > now(), true))::int as free,
        count(*) filter (where c.state = 'reserved' and not c.test)::int as reserved,
        count(*) filter (where c.state = 'sent' and not c.test)::int as sent,
        count(*) filter (where c.state = 'redeemed' and not c.test)::int as redeemed,
        count(*) filter (where c.state = 'void' and not c.test)::int as void,
        count(*) filter (where c.state = 'free' and not c.test and c.expires_at <= now())::int as expired,
        count(*) filter (where c.test)::int as test
      from coupon_pools p left join coupon_codes c on c.pool = p.pool group by p.pool, p.kind order by p.pool`,
  );
}

/** A code with the message that holds it, if any. */
export interface CodeRow {
  codeNo: number;
  pool: string;
  code: string;
  state: CodeState;
  test: boolean;
  campaignId: string | null;
  userId: string | null;
  messageNo: number | null;
  messageState: string | null;
  redeemedAt: Date | null;
}

/** The rows of a code: one per pool that has it. Taken FOR UPDATE inside a transaction by `lock`. */
export function findCodes(
  db: Db,
  input: { code: string; pool?: string | undefined; lock?: boolean },
): Promise<CodeRow[]> {
  const lock = { sql: input.lock ? 'for update of c' : '', bindings: [] };
  return rows(
    db,
    sql`select c.code_no as "codeNo", c.pool, c.code, c.state, c.test, c.campaign_id as "campaignId",
        u.user_id as "userId", m.message_no as "messageNo", m.state as "messageState", c.redeemed_at as "redeemedAt"
      from coupon_codes c left join users u on u.user_no = c.user_no
      left join lateral (
        select message_no, state from messages
        where user_no = c.user_no and code_no = c.code_no order by message_no desc limit 1
      ) m on true
      where c.code = ${input.code} and (${input.pool ?? null}::text is null or c.pool = ${input.pool ?? null})
      order by c.pool ${lock}`,
  );
}

/** Gives a code back to its pool. Call it in the transaction that holds the row. */
export async function freeCode(trx: Db, input: { codeNo: number; actor: Actor; reason: string }): Promise<void> {
  await rows(
    trx,
    sql`update coupon_codes set state = 'free', campaign_id = null, user_no = null, reserved_at = null
      where code_no = ${input.codeNo}`,
  );
  await recordAudit(trx, {
    actor: input.actor,
    action: 'coupon.release',
    subject: `code/${input.codeNo}`,
    details: { reason: input.reason },
  });
}

/** Marks a code as redeemed. Call it in the transaction that holds the row. */
export async function redeemCode(trx: Db, input: { codeNo: number; at: Date; actor: Actor }): Promise<void> {
  await rows(
    trx,
    sql`update coupon_codes set state = 'redeemed', redeemed_at = ${input.at} where code_no = ${input.codeNo}`,
  );
  await recordAudit(trx, { actor: input.actor, action: 'coupon.redeem', subject: `code/${input.codeNo}` });
}

/** Makes a pool that generates its codes when waves ask for them; false where a pool of this name is there. */
export async function createPool(db: Db, input: { pool: string; prefix: string; actor: Actor }): Promise<boolean> {
  return db.transaction(async (trx) => {
    if (!(await insertPool(trx, input))) return false;
    await recordAudit(trx, { actor: input.actor, action: 'coupon.create-pool', subject: `pool/${input.pool}` });
    return true;
  });
}

/** The bare row of a generated pool, which a rehearsal takes back; false where the name is taken. */
export async function insertPool(trx: Db, input: { pool: string; prefix: string; actor: Actor }): Promise<boolean> {
  const made = await rows(
    trx,
    sql`insert into coupon_pools (pool, kind, prefix, actor)
      values (${input.pool}, 'generated', ${input.prefix}, ${input.actor}) on conflict do nothing returning pool`,
  );
  return made.length > 0;
}

/** Adds a test code: no wave ever gives it out. Returns false where the pool has this code already. */
export async function addTestCode(db: Db, input: { pool: string; code: string; actor: Actor }): Promise<boolean> {
  return db.transaction(async (trx) => {
    const added = await rows(
      trx,
      sql`insert into coupon_codes (pool, code, test) values (${input.pool}, ${input.code}, true)
        on conflict do nothing returning code_no`,
    );
    if (added.length === 0) return false;
    await recordAudit(trx, { actor: input.actor, action: 'coupon.test-code', subject: `pool/${input.pool}` });
    return true;
  });
}

/** A pool by name, or undefined. */
export async function findPool(
  db: Db,
  pool: string,
): Promise<{ pool: string; kind: 'imported' | 'generated'; prefix: string } | undefined> {
  const found = await rows<{ pool: string; kind: 'imported' | 'generated'; prefix: string }>(
    db,
    sql`select pool, kind, prefix from coupon_pools where pool = ${pool}`,
  );
  return found[0];
}
