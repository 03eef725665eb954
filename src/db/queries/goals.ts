import type { ChannelName } from '../../domain/words.ts';
import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';

/** A stretch of time [from, to) in which entries that reached the goal are counted; `channel` null: by any. */
export interface GoalQuestion {
  from: Date;
  to: Date;
  channel: ChannelName | null;
}

/** When the first live entry of a campaign was opened, at the latest at `asOf`; null: none was. */
export async function firstEntryAt(db: Db, input: { campaignId: string; asOf: Date }): Promise<Date | null> {
  const [row] = await rows<{ at: Date | null }>(
    db,
    sql`select min(opened_at) as at from entries
      where campaign_id = ${input.campaignId} and recorded_no is null and opened_at <= ${input.asOf}`,
  );
  return row?.at ?? null;
}

/**
 * For each question the entries whose first goal event fell in it: treated ones that the first step contacts (on that channel),
 * the event after the entry, within its outcome window and not after `asOf`. In the order of the questions.
 */
export async function goalCounts(
  db: Db,
  input: { campaignId: string; event: string; asOf: Date; questions: readonly GoalQuestion[] },
): Promise<number[]> {
  const { campaignId, event, asOf, questions } = input;
  const earliest = new Date(Math.min(...questions.map(({ from }) => from.getTime())));
  const asked = JSON.stringify(questions.map((question, no) => ({ no, ...question })));
  const counts = await rows<{ reached: number }>(
    db,
    sql`with asked as (select * from jsonb_to_recordset(${asked}::jsonb)
        as q("no" int, "from" timestamptz, "to" timestamptz, channel text)),
      reached as materialized (
        select w.channel, g.at from entries e
        join ways w on w.wave_no = e.wave_no and w.step = 1 and w.user_no = e.user_no
          and w.disposition in ('contacted', 'deferred')
        cross join lateral (select min(v.occurred_at) as at from events v where v.user_no = e.user_no and v.type = ${event}
          and v.occurred_at > e.opened_at and v.occurred_at <= least(e.window_ends_at, ${asOf}::timestamptz)) g
        where e.campaign_id = ${campaignId} and e.assignment = 'arm' and e.recorded_no is null
          and e.opened_at <= ${asOf} and e.window_ends_at >= ${earliest} and g.at is not null)
      select count(r.at)::int as reached from asked q
      left join reached r on r.at >= q.from and r.at < q.to and (q.channel is null or q.channel = r.channel)
      group by q.no order by q.no`,
  );
  return counts.map((row) => row.reached);
}
