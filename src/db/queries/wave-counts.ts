import type { Assignment, ChannelName, Disposition, MessageState } from '../../domain/words.ts';
import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';

/** Users of a wave who share the end of their way and an assignment. */
export interface WayCountRow {
  step: number;
  disposition: Disposition;
  rung: string | null;
  reason: string | null;
  assignment: Assignment | null;
  action: string | null;
  /** What the draw said, for held-out users too. */
  arm: string | null;
  users: number;
}

/** The ways of a wave, counted as they were written. */
export function wayCountsOf(db: Db, waveNo: number): Promise<WayCountRow[]> {
  return rows(
    db,
    sql`select step::int as step, disposition, rung, reason, assignment, action, arm, sum(users)::int as users from way_counts
      where wave_no = ${waveNo} group by 1, 2, 3, 4, 5, 6, 7 having sum(users) <> 0 order by 1, 2, 3, 4, 5, 6, 7`,
  );
}

/** Messages of a wave that share a channel, an arm and a state. */
export interface MessageCountRow {
  step: number;
  channel: ChannelName;
  action: string;
  arm: string;
  state: MessageState;
  stateReason: string | null;
  users: number;
}

/** The messages of a wave, counted as they changed. */
export function messageCountsOf(db: Db, waveNo: number): Promise<MessageCountRow[]> {
  return rows(
    db,
    sql`select step::int as step, channel, action, arm, state, state_reason as "stateReason", sum(messages)::int as users
      from message_counts where wave_no = ${waveNo}
      group by 1, 2, 3, 4, 5, 6 having sum(messages) <> 0 order by 1, 2, 3, 4, 5, 6`,
  );
}

/** Open messages of a wave per channel and minute of their plan, in order of time. */
export function openByMinute(
  db: Db,
  waveNo: number,
): Promise<{ channel: ChannelName; plannedAt: Date; messages: number }[]> {
  return rows(
    db,
    sql`select channel, due_at as "plannedAt", sum(messages)::int as messages from message_counts
      where wave_no = ${waveNo} and due_at is not null group by 1, 2 having sum(messages) <> 0 order by 2, 1`,
  );
}

/** Messages per second and channel that were accepted within the last minute, by the database's clock. */
export function acceptedLastMinute(db: Db, waveNo: number): Promise<{ channel: ChannelName; perS: number }[]> {
  return rows(
    db,
    sql`select channel, sum(messages)::float8 / greatest(extract(epoch from now() - min(counted_at)), 1) as "perS"
      from message_counts
      where wave_no = ${waveNo} and state = 'ACCEPTED' and messages > 0 and counted_at > now() - interval '1 minute'
      group by channel`,
  );
}

/** A sum is worth its write from so many differences on. */
const CROWD = 200;

/**
 * Sums up the differences of waves that have gathered many, except those of the last two minutes, which tell the rate; returns how
 * many rows it took away. Safe beside senders, readers and itself.
 */
export async function foldMessageCounts(db: Db): Promise<number> {
  const [row] = await rows<{ folded: number }>(
    db,
    sql`with crowded as (
        select wave_no from message_counts where counted_at < now() - interval '2 minutes' and counted_at > '-infinity'
        group by wave_no having count(*) >= ${CROWD}::int),
      gone as (
        delete from message_counts m using crowded c
        where m.wave_no = c.wave_no and m.counted_at < now() - interval '2 minutes' returning m.*),
      summed as (
        insert into message_counts (wave_no, step, channel, action, arm, state, state_reason, due_at, messages, counted_at)
        select wave_no, step, channel, action, arm, state, state_reason, due_at, sum(messages), '-infinity' from gone
        group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(messages) <> 0)
      select count(*)::int as folded from gone`,
  );
  return row?.folded ?? 0;
}
