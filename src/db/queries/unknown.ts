import type { Knex } from 'knex';
import type { Actor } from '../../domain/actor.ts';
import type { ChannelName } from '../../domain/words.ts';
import type { Db } from '../connect.ts';
import { rows, sql, type Sql } from '../sql.ts';
import { recordAudit } from './audit.ts';
import { giveBack, lockMoney } from './outbox/release.ts';

/** A message that may or may not have gone out. */
export interface UnknownRow {
  messageNo: number;
  waveNo: number;
  channel: ChannelName;
  submittedAt: Date | null;
  reason: string | null;
}

/** Unknown messages, of one wave or of all, oldest first. */
export function listUnknown(db: Knex, filter: { waveNo: number | null; limit: number }): Promise<UnknownRow[]> {
  return rows(
    db,
    sql`select m.message_no as "messageNo", m.wave_no as "waveNo", m.channel, m.submitted_at as "submittedAt", m.state_reason as reason
      from message_troubles t join messages m using (message_no)
      where t.state = 'UNKNOWN' and (${filter.waveNo}::bigint is null or t.wave_no = ${filter.waveNo})
      order by t.message_no limit ${filter.limit}`,
  );
}

interface Settlement {
  waveNo: number;
  /** null: all of the wave. */
  messageNo: number | null;
  as: 'sent' | 'not_sent';
  actor: Actor;
  reason: string;
}

interface SettledRow {
  messageNo: number;
  campaignId: string;
  waveNo: number;
  costMinor: number;
  codeNo: number | null;
}

/**
 * Ends unknown messages by a person's word: `sent` becomes ASSUMED_SENT and keeps its reservation, `not_sent` becomes FAILED and
 * gives it back. Returns how many; one that the provider settled meanwhile is left alone.
 */
export async function settleUnknown(db: Knex, settlement: Settlement): Promise<number> {
  const { waveNo, as, actor, reason } = settlement;
  return db.transaction(async (trx) => {
    await lockMoney(trx, [waveNo]);
    const settled = await rows<SettledRow>(trx, endUnknown(settlement));
    if (settled.length === 0) return 0;
    if (as === 'not_sent') await giveBack(trx, settled);
    else await markCodesSent(trx, settled);
    await recordAudit(trx, {
      actor,
      action: 'unknown.settle',
      subject: settlement.messageNo === null ? `wave/${waveNo}` : `message/${settlement.messageNo}`,
      details: { as, reason, messages: settled.length },
    });
    return settled.length;
  });
}

function endUnknown({ waveNo, messageNo, as }: Settlement): Sql {
  return sql`
    with ended as (
      update messages set state = ${as === 'sent' ? 'ASSUMED_SENT' : 'FAILED'}, state_reason = 'settled_by_hand',
        counted_at = case when ${as === 'sent'} then counted_at end, changed_at = now()
      where wave_no = ${waveNo} and state = 'UNKNOWN' and (${messageNo}::bigint is null or message_no = ${messageNo})
      returning message_no, fence, campaign_id, wave_no, cost_minor, code_no
    ), noted as (
      insert into attempts (message_no, fence, result, evidence)
      select message_no, fence, ${as === 'sent' ? 'assumed_sent' : 'failed'}, 'settled by hand' from ended
    )
    select message_no as "messageNo", campaign_id as "campaignId", wave_no as "waveNo", cost_minor as "costMinor",
      code_no as "codeNo" from ended`;
}

async function markCodesSent(trx: Knex.Transaction, settled: readonly SettledRow[]): Promise<void> {
  const codes = settled.flatMap((row) => (row.codeNo === null ? [] : [row.codeNo]));
  await rows(
    trx,
    sql`update coupon_codes set state = 'sent' where code_no = any(${codes}::bigint[]) and state = 'reserved'`,
  );
}

/** How many messages of a wave may or may not have gone out. */
export interface UnknownCount {
  waveNo: number;
  campaignId: string;
  messages: number;
}

/** Waves with unknown messages, newest first: by the counts that are kept of each wave. */
export function unknownByWave(db: Db, limit: number): Promise<UnknownCount[]> {
  return rows(
    db,
    sql`select w.wave_no as "waveNo", w.campaign_id as "campaignId", sum(c.messages)::int as messages
      from message_counts c join waves w using (wave_no) where c.state = 'UNKNOWN'
      group by 1, 2 having sum(c.messages) > 0 order by 1 desc limit ${limit}`,
  );
}
