import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';

/** A user's entry of a recorded experiment, with what came of it; amounts in minor units of the campaign's currency. */
export interface RecordedEntry {
  entryNo: number;
  waveNo: number;
  action: string;
  group: string;
  contacted: boolean;
  openedAt: Date;
  windowEndsAt: Date;
  /** Who recorded it, and from what. */
  actor: string;
  source: string;
  outcomes: { type: string; count: number; valueMinor: number | null }[];
}

/** The newest recorded entry of a user: in a wave, of a campaign, or at all; undefined where there is none. */
export async function recordedEntryOf(
  db: Db,
  input: { userNo: number; waveNo?: number | undefined; campaignId?: string | undefined },
): Promise<RecordedEntry | undefined> {
  const [entry] = await rows<RecordedEntry>(
    db,
    sql`select e.entry_no as "entryNo", e.wave_no as "waveNo", e.action, coalesce(e.arm, e.assignment) as "group", a.contacted,
        e.opened_at as "openedAt", e.window_ends_at as "windowEndsAt", i.actor, i.source,
        coalesce((select jsonb_agg(jsonb_build_object('type', o.type, 'count', o.count, 'valueMinor', o.value_minor) order by o.type)
          from recorded_outcomes o where o.entry_no = e.entry_no), '[]') as outcomes
      from entries e join recorded_assignments a using (recorded_no) join imports i using (import_no)
      where e.user_no = ${input.userNo} and e.wave_no = coalesce(${input.waveNo ?? null}::bigint, e.wave_no)
        and e.campaign_id = coalesce(${input.campaignId ?? null}, e.campaign_id)
      order by e.opened_at desc limit 1`,
  );
  return entry;
}
