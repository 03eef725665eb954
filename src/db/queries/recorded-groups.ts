import type { Db } from '../connect.ts';
import { raw, rows, sql } from '../sql.ts';

/** A group of recorded entries; `probability`: of being in it, as the entries have it on average. */
export interface RecordedGroupCount {
  action: string;
  group: string;
  entries: number;
  probability: number;
}

/** How many recorded entries a campaign, or one wave of it, has per action and group, arms first. */
export function recordedGroups(
  db: Db,
  input: { campaignId: string; waveNo?: number | undefined },
): Promise<RecordedGroupCount[]> {
  const wave = input.waveNo === undefined ? raw('') : sql`and wave_no = ${input.waveNo}`;
  return rows<RecordedGroupCount>(
    db,
    sql`select action, coalesce(arm, assignment) as "group", count(*)::int as entries,
        avg(case assignment
          when 'global_holdout' then p_global_holdout
          when 'holdout' then (1 - p_global_holdout) * p_holdout
          else (1 - p_global_holdout) * (1 - p_holdout) * p_treat * p_arm end) as probability
      from entries where campaign_id = ${input.campaignId} and recorded_no is not null ${wave}
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

/** What a recorded wave has: entries of the experiment, and of what only a wave of one's own may have. */
export async function recordedWaveRows(
  db: Db,
  waveNo: number,
): Promise<{ entries: number; liveEntries: number; ways: number; messages: number }> {
  const [row] = await rows<{ entries: number; liveEntries: number; ways: number; messages: number }>(
    db,
    sql`select (select count(*)::int from entries where wave_no = ${waveNo} and recorded_no is not null) as entries,
        (select count(*)::int from entries where wave_no = ${waveNo} and recorded_no is null) as "liveEntries",
        (select count(*)::int from ways where wave_no = ${waveNo}) as ways,
        (select count(*)::int from messages where wave_no = ${waveNo}) as messages`,
  );
  return row ?? { entries: 0, liveEntries: 0, ways: 0, messages: 0 };
}
