import { SENT_STATES } from '../../policy/send-states.ts';
import type { ChannelName } from '../../domain/words.ts';
import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';

/** Messages that share a text but for the user's locale, by what became of them. */
export interface TextFigures {
  campaignId: string;
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
  /** Accepted, and the user came back within it. */
  returned: number;
  /** Accepted, and the user unsubscribed within it. */
  unsubscribed: number;
}

/** What counts as the goal and as a return for a published version. */
export interface VersionEvents {
  campaignId: string;
  version: number;
  goal: string;
  returns: readonly string[];
}

/** Figures of every text of published versions over the waves of a period (local dates, both included). */
export function textFigures(
  db: Db,
  input: { from: string; to: string; versions: readonly VersionEvents[] },
): Promise<TextFigures[]> {
  const { from, to, versions } = input;
  const campaignIds = [...new Set(versions.map(({ campaignId }) => campaignId))];
  return rows(
    db,
    sql`with mine as (
        select m.message_no, m.user_no, m.campaign_id, m.step, m.action, m.arm, m.channel, m.submitted_at is not null as tried,
          m.state = any(${SENT_STATES}::text[]) as taken, e.version, e.opened_at, e.window_ends_at, k.goal, k.returns
        from waves v join messages m on m.wave_no = v.wave_no join entries e on e.entry_no = m.entry_no
        join jsonb_to_recordset(${JSON.stringify(versions)}::jsonb) as k("campaignId" text, version int, goal text, returns text[])
          on k."campaignId" = v.campaign_id and k.version = e.version
        where v.campaign_id = any(${campaignIds}::text[]) and v.local_date between ${from}::date and ${to}::date),
      human as (select distinct c.message_no from clicks c join mine using (message_no) where not c.machine),
      told as (
        select m.*, u.locale, m.taken and h.message_no is not null as clicked, did.*
        from mine m left join users u on u.user_no = m.user_no left join human h on h.message_no = m.message_no
        left join lateral (
          select coalesce(bool_or(x.type = m.goal), false) as reached, coalesce(bool_or(x.type = any(m.returns)), false) as returned,
            coalesce(bool_or(x.type = 'unsubscribe'), false) as unsubscribed
          from events x where m.taken and x.user_no = m.user_no and x.occurred_at >= m.opened_at and x.occurred_at < m.window_ends_at
        ) did on true)
      select campaign_id as "campaignId", version, step::int as step, action, arm, channel, locale,
        count(*) filter (where tried)::int as sent, count(*) filter (where taken)::int as accepted,
        count(*) filter (where clicked)::int as clicked, count(*) filter (where reached)::int as goals,
        count(*) filter (where returned)::int as returned, count(*) filter (where unsubscribed)::int as unsubscribed
      from told group by 1, 2, 3, 4, 5, 6, 7`,
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
