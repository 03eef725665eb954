import type { ChannelName, Disposition, MessageState } from '../../domain/words.ts';
import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';

/** A step of a user's wave with what became of its message. */
export interface UserWaveRow {
  waveNo: number;
  campaignId: string;
  localDate: string;
  step: number;
  disposition: Disposition;
  rung: string | null;
  reason: string | null;
  channel: ChannelName | null;
  messageNo: number | null;
  state: MessageState | null;
  acceptedAt: Date | null;
}

/** The waves that a user was in, newest first, after a wave and step where given. */
export function wavesOfUser(
  db: Db,
  input: {
    userNo: number;
    limit: number;
    campaignId?: string | undefined;
    after?: { waveNo: number; step: number } | null;
  },
): Promise<UserWaveRow[]> {
  const { waveNo = null, step = null } = input.after ?? {};
  // One look-up per wave and step: ways are keyed by wave first, and an index by user would cost every plan.
  return rows(
    db,
    sql`select v.wave_no as "waveNo", v.campaign_id as "campaignId", v.local_date as "localDate", y.step::int as step, y.disposition,
        y.rung, y.reason, coalesce(m.channel, y.channel) as channel, m.message_no as "messageNo", m.state, m.accepted_at as "acceptedAt"
      from waves v
      cross join lateral (select distinct step from wave_shards s where s.wave_no = v.wave_no) s
      join lateral (select * from ways w where w.wave_no = v.wave_no and w.step = s.step and w.user_no = ${input.userNo}) y on true
      left join messages m on m.user_no = y.user_no and m.wave_no = v.wave_no and m.step = y.step
      where (${input.campaignId ?? null}::text is null or v.campaign_id = ${input.campaignId ?? null})
        and (${waveNo}::bigint is null or v.wave_no < ${waveNo} or (v.wave_no = ${waveNo} and y.step > ${step}))
      order by v.wave_no desc, y.step limit ${input.limit}`,
  );
}

/** One step of one user in one wave, with the entry and the message. */
export interface WayDetail {
  step: number;
  disposition: Disposition;
  rung: string | null;
  reason: string | null;
  channel: ChannelName | null;
  plannedAt: Date | null;
  warningNo: number;
  entryNo: number | null;
  messageNo: number | null;
}

/** The steps of a user in a wave, in order; empty when he wasn't in its audience. */
export function waysOfUser(db: Db, input: { waveNo: number; userNo: number }): Promise<WayDetail[]> {
  return rows(
    db,
    sql`select y.step::int as step, y.disposition, y.rung, y.reason, y.channel, y.planned_at as "plannedAt",
        y.warning_no as "warningNo", y.entry_no as "entryNo", m.message_no as "messageNo"
      from (select distinct step from wave_shards where wave_no = ${input.waveNo}) s
      join lateral (
        select * from ways w where w.wave_no = ${input.waveNo} and w.step = s.step and w.user_no = ${input.userNo}) y on true
      left join lateral (
        select message_no from messages m
        where m.user_no = y.user_no and m.wave_no = y.wave_no and m.step = y.step order by message_no limit 1) m on true
      order by y.step`,
  );
}

/** How a wave's codes stand. */
export function couponStates(db: Db, waveNo: number): Promise<{ pool: string; state: string; codes: number }[]> {
  return rows(
    db,
    sql`select c.pool, c.state, count(distinct c.code_no)::int as codes
      from messages m join coupon_codes c on c.code_no = m.code_no and c.user_no = m.user_no
      where m.wave_no = ${waveNo} group by 1, 2 order by 1, 2`,
  );
}

/** The shard of a wave's first step that covers a user, or undefined. */
export async function shardOfUser(
  db: Db,
  input: { waveNo: number; userNo: number },
): Promise<{ shardNo: number; plannedAt: Date | null } | undefined> {
  const found = await rows<{ shardNo: number; plannedAt: Date | null }>(
    db,
    sql`select shard_no as "shardNo", planned_at as "plannedAt" from wave_shards
      where wave_no = ${input.waveNo} and step = 1 and from_user_no <= ${input.userNo} and to_user_no > ${input.userNo}`,
  );
  return found[0];
}
