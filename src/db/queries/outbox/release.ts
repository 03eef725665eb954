import type { Knex } from 'knex';
import { RELEASED_STATES } from '../../../policy/send-states.ts';
import { rows, sql } from '../../sql.ts';

/** What a message gives back when it ends unsent. */
export interface Reservation {
  campaignId: string;
  waveNo: number;
  costMinor: number;
  codeNo: number | null;
}

/**
 * `state_reason` of a message that is sent a second time because nobody knows of the first: whatever becomes of the second
 * try, the first may be out, so its reservation stays.
 */
export const RESEND = 'resend';

/**
 * Takes the rows that `giveBack` will write, campaign budget before wave, before any message row: the planner's order, so that
 * nobody waits in a circle.
 */
export async function lockMoney(trx: Knex.Transaction, waveNos: readonly number[]): Promise<void> {
  await rows(
    trx,
    sql`select from campaign_budgets where campaign_id in
      (select campaign_id from waves where wave_no = any(${waveNos}::bigint[])) order by campaign_id for no key update`,
  );
  await rows(trx, sql`select from waves where wave_no = any(${waveNos}::bigint[]) order by wave_no for no key update`);
}

/** Gives back budget and coupon codes, in the transaction that ended the messages. */
export async function giveBack(trx: Knex.Transaction, released: readonly Reservation[]): Promise<void> {
  if (released.some((one) => one.costMinor > 0)) {
    const costs = JSON.stringify(released.map((one) => ({ c: one.campaignId, w: one.waveNo, cost: one.costMinor })));
    await rows(
      trx,
      sql`update campaign_budgets b set reserved_minor = b.reserved_minor - r.cost
        from (select c, sum(cost)::bigint as cost from jsonb_to_recordset(${costs}::jsonb) as x(c text, cost bigint) group by c) r
        where b.campaign_id = r.c`,
    );
    await rows(
      trx,
      sql`update waves w set reserved_minor = w.reserved_minor - r.cost
        from (select w, sum(cost)::bigint as cost from jsonb_to_recordset(${costs}::jsonb) as x(w bigint, cost bigint) group by w) r
        where w.wave_no = r.w`,
    );
  }
  const codes = released.flatMap((one) => (one.codeNo === null ? [] : [one.codeNo]));
  if (codes.length === 0) return;
  await rows(
    trx,
    // A follow-up carries the code of an earlier step, which may be out there already.
    sql`update coupon_codes c set state = 'free', campaign_id = null, user_no = null, reserved_at = null
      where c.code_no = any(${codes}::bigint[]) and c.state = 'reserved' and not exists (
        select from messages m where m.user_no = c.user_no and m.code_no = c.code_no
          and (m.state <> all(${RELEASED_STATES}::text[]) or m.counted_at is not null))`,
  );
}
