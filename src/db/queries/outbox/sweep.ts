import type { Db } from '../../connect.ts';
import { rows, sql, type Sql } from '../../sql.ts';
import type { OutboxPart } from './gate.ts';
import { giveBack, lockMoney, RESEND, type Reservation } from './release.ts';

/** Messages moved by a sweep. */
export interface Swept {
  reclaimed: number;
  unknown: number;
  promoted: number;
  expired: number;
  cancelled: number;
}

function partOf(part: OutboxPart): Sql {
  return sql`m.wave_no = ${part.waveNo} and m.step = ${part.step} and m.channel = ${part.channel}`;
}

/**
 * Housekeeping of a part in one transaction: CLAIMED with its lease out goes back to PLANNED, SUBMITTING with its lease out
 * becomes UNKNOWN (never PLANNED: it may have gone out), due deferrals become PLANNED, what is stale EXPIRED, and everything
 * unsent of a wave that is over CANCELLED. `now` is the business clock; leases run by the database's.
 */
export async function sweepPart(db: Db, input: OutboxPart & { now: Date; over: boolean }): Promise<Swept> {
  const reclaimed = await reclaim(db, input);
  const unknown = await doubt(db, input);
  const ended = await endUnsent(db, input);
  const promoted = await promote(db, input);
  return { reclaimed, unknown, promoted, ...ended };
}

async function reclaim(db: Db, part: OutboxPart): Promise<number> {
  // SKIP LOCKED here and below: whoever holds the row is moving it on already.
  const moved = await rows(
    db,
    sql`with late as (
        select message_no from messages m where ${partOf(part)} and m.state = 'CLAIMED' and m.lease_until < clock_timestamp()
        for update skip locked)
      update messages m set state = 'PLANNED', owner = null, lease_until = null, changed_at = now()
      from late where m.message_no = late.message_no and m.state = 'CLAIMED' returning m.message_no`,
  );
  return moved.length;
}

async function doubt(db: Db, part: OutboxPart): Promise<number> {
  const moved = await rows(
    db,
    sql`with late as (
        select message_no from messages m where ${partOf(part)} and m.state = 'SUBMITTING' and m.lease_until < clock_timestamp()
        for update skip locked),
      moved as (
        update messages m set state = 'UNKNOWN', state_reason = 'lease_out', owner = null, lease_until = null,
          attempts = m.attempts + 1, changed_at = now()
        from late where m.message_no = late.message_no and m.state = 'SUBMITTING' returning m.message_no, m.fence)
      insert into attempts (message_no, fence, result, evidence)
      select message_no, fence, 'unknown', 'the sender stopped after its intent' from moved returning message_no`,
  );
  return moved.length;
}

interface EndedRow {
  state: 'EXPIRED' | 'CANCELLED';
  campaign_id: string;
  cost_minor: number;
  code_no: number | null;
  kept: boolean;
}

async function endUnsent(
  db: Db,
  input: OutboxPart & { now: Date; over: boolean },
): Promise<{ expired: number; cancelled: number }> {
  const unsent = sql`${partOf(input)} and m.state in ('PLANNED', 'DEFERRED')
    and (m.expires_at <= ${input.now} or ${input.over})`;
  const [any] = await rows(db, sql`select from messages m where ${unsent} limit 1`);
  if (!any) return { expired: 0, cancelled: 0 };
  return db.transaction(async (trx) => {
    await lockMoney(trx, [input.waveNo]);
    const ended = await rows<EndedRow>(
      trx,
      sql`with unsent as (select message_no from messages m where ${unsent} for update skip locked)
        update messages m set state = case when ${input.over} then 'CANCELLED' else 'EXPIRED' end,
          state_reason = case when ${input.over} then 'aborted' else 'stale' end,
          counted_at = case when m.state_reason = ${RESEND} then m.counted_at end, changed_at = now()
        from unsent where m.message_no = unsent.message_no and m.state in ('PLANNED', 'DEFERRED')
        returning m.state, m.campaign_id, m.cost_minor, m.code_no, m.counted_at is not null as kept`,
    );
    const released = ended.filter((row) => !row.kept).map((row): Reservation => reservationOf(input.waveNo, row));
    await giveBack(trx, released);
    const expired = ended.filter((row) => row.state === 'EXPIRED').length;
    return { expired, cancelled: ended.length - expired };
  });
}

function reservationOf(waveNo: number, row: EndedRow): Reservation {
  return { campaignId: row.campaign_id, waveNo, costMinor: row.cost_minor, codeNo: row.code_no };
}

async function promote(db: Db, input: OutboxPart & { now: Date }): Promise<number> {
  // Its reservation stays dated: the claim checks the caps once more and moves it to the moment of the send.
  const moved = await rows(
    db,
    sql`update messages m set state = 'PLANNED', changed_at = now()
      where ${partOf(input)} and m.state = 'DEFERRED' and m.planned_at <= ${input.now} and m.expires_at > ${input.now}
      returning m.message_no`,
  );
  return moved.length;
}
