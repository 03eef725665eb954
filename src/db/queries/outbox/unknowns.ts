import type { Db } from '../../connect.ts';
import { rows, sql } from '../../sql.ts';
import type { OutboxPart } from './gate.ts';
import { RESEND } from './release.ts';
import type { AttemptRef } from './results.ts';

/** A message nobody knows about, with what asking brought so far. Holds an address: never logged. */
export interface UnknownMessage extends AttemptRef {
  deliveryId: string;
  to: string;
  submittedAt: Date;
  attempts: number;
  expiresAt: Date;
  /** Polls at this fence in which the provider did not know it. */
  emptyPolls: number;
  /** Milliseconds since the last of them, by the database's clock; null: none. */
  sinceEmptyPollMs: number | null;
  resent: boolean;
}

/** The UNKNOWN messages of a part after `afterMessageNo`, in order, at most `limit`. */
export async function readUnknowns(
  db: Db,
  input: OutboxPart & { afterMessageNo: number; limit: number },
): Promise<UnknownMessage[]> {
  return rows(
    db,
    sql`select m.message_no as "messageNo", m.fence, m.delivery_id as "deliveryId",
        coalesce(case m.channel when 'email' then u.email when 'sms' then u.phone end, '') as to,
        coalesce(m.submitted_at, m.changed_at) as "submittedAt", m.attempts, m.expires_at as "expiresAt",
        a.polls as "emptyPolls", a.since_ms as "sinceEmptyPollMs", a.resent
      from messages m join users u on u.user_no = m.user_no
      cross join lateral (
        select count(*) filter (where result = 'not_found' and fence = m.fence)::int as polls,
          (extract(epoch from clock_timestamp() - max(at) filter (where result = 'not_found' and fence = m.fence)) * 1000)::float8
            as since_ms,
          coalesce(bool_or(result = ${RESEND}), false) as resent
        from attempts where message_no = m.message_no) a
      where m.wave_no = ${input.waveNo} and m.message_no > ${input.afterMessageNo} and m.step = ${input.step}
        and m.channel = ${input.channel} and m.state = 'UNKNOWN'
      order by m.message_no limit ${input.limit}`,
  );
}

/** Keeps that the provider did not know a message. */
export async function recordEmptyPoll(db: Db, message: AttemptRef): Promise<void> {
  await rows(
    db,
    sql`insert into attempts (message_no, fence, result, evidence)
      values (${message.messageNo}, ${message.fence}, 'not_found', 'the provider lists no such message')`,
  );
}

/** UNKNOWN → PLANNED for one more try, due at once, with its evidence; the reservation goes on counting. */
export async function sendAgain(db: Db, input: { message: AttemptRef; why: string; now: Date }): Promise<boolean> {
  const moved = await rows(
    db,
    sql`with moved as (
        update messages set state = 'PLANNED', state_reason = ${RESEND}, planned_at = ${input.now}, changed_at = now()
        where message_no = ${input.message.messageNo} and fence = ${input.message.fence} and state = 'UNKNOWN'
        returning message_no, fence)
      insert into attempts (message_no, fence, result, evidence)
      select message_no, fence, ${RESEND}, ${input.why} from moved returning message_no`,
  );
  return moved.length > 0;
}
