import { SENT_STATES } from '../../policy/send-states.ts';
import type { ChannelName } from '../../domain/words.ts';
import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';

/** Messages that share a text but for the user's locale, by what became of them. */
export interface TextFigures {
  version: number;
  step: number;
  action: string;
  arm: string;
  channel: ChannelName;
  /** Of the user, as he has it today. */
  locale: string | null;
  /** Tried. */
  sent: number;
  /** Taken by the provider. */
  accepted: number;
  /** Accepted, and a person clicked. */
  clicked: number;
  /** Accepted, and the user reached the goal within the entry's outcome window. */
  goals: number;
}

/** Figures of every text of a campaign over the waves of a period (local dates, both included). `goals`: the goal's event by version. */
export function textFigures(
  db: Db,
  input: { campaignId: string; from: string; to: string; goals: readonly { version: number; event: string }[] },
): Promise<TextFigures[]> {
  const { campaignId, from, to, goals } = input;
  return rows(
    db,
    sql`with mine as (
        select m.message_no, m.user_no, m.step, m.action, m.arm, m.channel, m.submitted_at is not null as tried,
          m.state = any(${SENT_STATES}::text[]) as taken, e.version, e.opened_at, e.window_ends_at, g.event
        from waves v join messages m on m.wave_no = v.wave_no join entries e on e.entry_no = m.entry_no
        join jsonb_to_recordset(${JSON.stringify(goals)}::jsonb) as g(version int, event text) on g.version = e.version
        where v.campaign_id = ${campaignId} and v.local_date between ${from}::date and ${to}::date),
      human as (select distinct c.message_no from clicks c join mine using (message_no) where not c.machine)
      select m.version, m.step::int as step, m.action, m.arm, m.channel, u.locale, count(*) filter (where m.tried)::int as sent,
        count(*) filter (where m.taken)::int as accepted,
        count(*) filter (where m.taken and h.message_no is not null)::int as clicked,
        count(*) filter (where m.taken and exists (select from events x where x.user_no = m.user_no and x.type = m.event
          and x.occurred_at >= m.opened_at and x.occurred_at < m.window_ends_at))::int as goals
      from mine m left join users u on u.user_no = m.user_no left join human h on h.message_no = m.message_no
      group by 1, 2, 3, 4, 5, 6`,
  );
}

/** The numbers of a campaign's published versions, oldest first. */
export async function versionsOf(db: Db, campaignId: string): Promise<number[]> {
  const found = await rows<{ version: number }>(
    db,
    sql`select version from campaign_versions where campaign_id = ${campaignId} order by version`,
  );
  return found.map(({ version }) => version);
}
