import { capHorizonMs, type CountedContact } from '../../policy/caps.ts';
import { nextFreeSlot } from '../../policy/free-slot.ts';
import type { ChannelName } from '../../domain/words.ts';
import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';
import type { PlanContext, UserRange } from './context.ts';
import { effectiveZone } from './zones.ts';

interface DeferredRow {
  message_no: number;
  user_no: number;
  channel: ChannelName;
  kind: string;
  planned_at: Date;
  expires_at: Date;
  timezone: string | null;
}

async function deferredOf(db: Db, context: PlanContext, range: UserRange): Promise<DeferredRow[]> {
  return rows<DeferredRow>(
    db,
    sql`select m.message_no, m.user_no, m.channel, m.kind, m.planned_at, m.expires_at, u.timezone
      from messages m join users u on u.user_no = m.user_no
      where m.wave_no = ${context.waveNo} and m.step = ${context.step} and m.state = 'DEFERRED'
        and m.user_no >= ${range.from} and m.user_no < ${range.to} and m.counted_at is null
      order by m.user_no`,
  );
}

/** What caps count for these users from `since` on. */
export async function capHistory(
  db: Db,
  userNos: readonly number[],
  since: Date,
): Promise<Map<number, CountedContact[]>> {
  const found = await rows<CountedContact & { user_no: number }>(
    db,
    sql`select user_no, counted_at as at, channel, category, kind from messages
        where user_no = any(${userNos}::bigint[]) and counted_at > ${since}
      union all
      select user_no, sent_at, channel, category, null from contacts
        where user_no = any(${userNos}::bigint[]) and sent_at > ${since}`,
  );
  const history = new Map<number, CountedContact[]>();
  for (const { user_no, ...contact } of found) {
    const list = history.get(user_no);
    if (list) list.push(contact);
    else history.set(user_no, [contact]);
  }
  return history;
}

/**
 * Gives each deferred message of the range a reservation at the first moment that caps and allowed hours leave free (rule 9).
 * One without such a moment before it expires keeps its row, uncounted, and runs out as EXPIRED.
 */
export async function placeDeferred(db: Db, context: PlanContext, range: UserRange): Promise<void> {
  const deferred = await deferredOf(db, context, range);
  const since = new Date(context.decisionAt.getTime() - capHorizonMs(context.caps) - 86_400_000);
  const history = await capHistory(
    db,
    deferred.map((row) => row.user_no),
    since,
  );
  const slots = deferred.map((row) =>
    nextFreeSlot({
      policy: context.caps,
      history: history.get(row.user_no) ?? [],
      question: {
        at: row.planned_at,
        zone: effectiveZone(row.timezone, context.defaultTimezone),
        channel: row.channel,
        category: context.campaign.category,
        kind: row.kind,
      },
      allowed: context.allowed[row.channel],
      until: row.expires_at,
    }),
  );
  await rows(
    db,
    sql`update messages m set planned_at = coalesce(d.slot, m.expires_at), counted_at = d.slot, changed_at = now()
      from unnest(${deferred.map((row) => row.message_no)}::bigint[],
        ${slots.map((slot) => slot?.toISOString() ?? null)}::timestamptz[]) as d(message_no, slot)
      where m.message_no = d.message_no and m.state = 'DEFERRED'`,
  );
}
