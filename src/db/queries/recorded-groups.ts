import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';

/** A group of a campaign's recorded entries; `probability`: of being in it, as the entries have it on average. */
export interface RecordedGroupCount {
  action: string;
  group: string;
  entries: number;
  probability: number;
}

/** How many recorded entries a campaign has per action and group, arms first. */
export function recordedGroups(db: Db, campaignId: string): Promise<RecordedGroupCount[]> {
  return rows<RecordedGroupCount>(
    db,
    sql`select action, coalesce(arm, assignment) as "group", count(*)::int as entries,
        avg(case assignment
          when 'global_holdout' then p_global_holdout
          when 'holdout' then (1 - p_global_holdout) * p_holdout
          else (1 - p_global_holdout) * (1 - p_holdout) * p_treat * p_arm end) as probability
      from entries where campaign_id = ${campaignId} and recorded_no is not null
      group by action, coalesce(arm, assignment), arm is null order by action, arm is null, 2`,
  );
}

/** The recorded waves of a campaign: how many, from when to when (ISO dates). */
export async function recordedWaves(
  db: Db,
  campaignId: string,
): Promise<{ waves: number; from: string | null; until: string | null }> {
  const [row] = await rows<{ waves: number; from: string | null; until: string | null }>(
    db,
    sql`select count(*)::int as waves, min(local_date) as "from", max(local_date) as until from waves
      where campaign_id = ${campaignId} and trigger = 'recorded'`,
  );
  return row ?? { waves: 0, from: null, until: null };
}
