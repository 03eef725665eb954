import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';

/** Segments that a campaign has met: by its policies and its entries; '*' is none. */
export async function segmentsOfCampaign(db: Db, campaignId: string): Promise<string[]> {
  const found = await rows<{ segment: string }>(
    db,
    sql`select segment from live_policies where campaign_id = ${campaignId} and segment <> '*'
      union select segment from entries where campaign_id = ${campaignId} order by 1`,
  );
  return found.map((row) => row.segment);
}
