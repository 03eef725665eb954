import type { Db } from '../../connect.ts';
import type { DeliveryCounts } from '../../../domain/delivery-counts.ts';
import type { MessageState } from '../../../domain/words.ts';
import { SENT_STATES } from '../../../policy/send-states.ts';
import { rows, sql } from '../../sql.ts';
import type { OutboxPart } from './gate.ts';

const COUNTED_AS: Partial<Record<MessageState, keyof DeliveryCounts>> = {
  ...Object.fromEntries(SENT_STATES.map((state) => [state, 'accepted'])),
  FAILED: 'failed',
  SUPPRESSED: 'suppressed',
  UNKNOWN: 'unknown',
  DEFERRED: 'deferred',
  CANCELLED: 'cancelled',
  EXPIRED: 'expired',
};

/** Counts of a part, or of a range [from, to] of its message numbers. */
export async function countMessages(
  db: Db,
  input: OutboxPart & { range?: { from: number; to: number } },
): Promise<DeliveryCounts> {
  const range = input.range ?? { from: 0, to: Number.MAX_SAFE_INTEGER };
  const found = await rows<{ state: MessageState; n: number }>(
    db,
    sql`select state, count(*)::int as n from messages
      where wave_no = ${input.waveNo} and message_no between ${range.from} and ${range.to}
        and step = ${input.step} and channel = ${input.channel}
      group by state`,
  );
  const counts = { accepted: 0, failed: 0, suppressed: 0, unknown: 0, deferred: 0, cancelled: 0, expired: 0, open: 0 };
  for (const row of found) counts[COUNTED_AS[row.state] ?? 'open'] += row.n;
  return counts;
}

/** Ranges of message_no with about `size` due messages each, in order, at most `limit`. */
export async function dueRanges(
  db: Db,
  input: OutboxPart & { now: Date; size: number; limit: number },
): Promise<{ from: number; to: number }[]> {
  return rows(
    db,
    sql`select min(message_no) as from, max(message_no) as to from (
        select message_no, (row_number() over (order by message_no) - 1) / ${input.size}::int as part
        from messages
        where wave_no = ${input.waveNo} and step = ${input.step} and channel = ${input.channel}
          and state = 'PLANNED' and planned_at <= ${input.now}
        order by message_no limit ${input.size * input.limit}
      ) due group by part order by part`,
  );
}

/**
 * When the part needs looking after again: the next planned or deferred message, or, where a lease still runs, the moment after
 * its end, so that a crash is noticed. null: nothing is open. Leases are turned into `now`'s clock.
 */
export async function nextDue(db: Db, input: OutboxPart & { now: Date }): Promise<Date | null> {
  const [row] = await rows<{ at: Date | null }>(
    db,
    sql`select min(case
          when state in ('PLANNED', 'DEFERRED') then least(planned_at, expires_at)
          else ${input.now}::timestamptz + greatest(lease_until - clock_timestamp(), interval '0') + interval '500 milliseconds'
        end) as at
      from messages
      where wave_no = ${input.waveNo} and step = ${input.step} and channel = ${input.channel}
        and state in ('PLANNED', 'DEFERRED', 'CLAIMED', 'SUBMITTING')`,
  );
  return row?.at ?? null;
}
