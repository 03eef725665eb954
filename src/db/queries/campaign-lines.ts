import type { WaveState } from '../../domain/words.ts';
import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';

/** The newest wave of a campaign. */
export interface LastWave {
  campaignId: string;
  waveNo: number;
  localDate: string;
  state: WaveState;
  stateReason: string | null;
  audience: number;
}

/** The newest wave of each of the campaigns that has one; recorded experiments don't count. */
export function lastWaves(db: Db, campaignIds: readonly string[]): Promise<LastWave[]> {
  return rows(
    db,
    sql`select c.campaign_id as "campaignId", w.* from unnest(${[...campaignIds]}::text[]) as c(campaign_id)
      cross join lateral (
        select wave_no as "waveNo", local_date as "localDate", state, state_reason as "stateReason", audience from waves
        where campaign_id = c.campaign_id and trigger <> 'recorded' order by local_date desc limit 1) w`,
  );
}
