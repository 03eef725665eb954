import type { Actor } from '../../domain/actor.ts';
import type { ReadInputs } from '../../domain/read-inputs.ts';
import type { CampaignRead } from '../../domain/read.ts';
import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';

/** A read as it was stored, with the aggregates that it was computed from. */
export interface StoredRead {
  readNo: number;
  campaignId: string;
  asOf: Date;
  inputs: ReadInputs;
  result: CampaignRead;
  actor: Actor;
  at: Date;
}

/** One line of a campaign's list of reads. */
export interface ReadLine {
  readNo: number;
  asOf: Date;
  decision: CampaignRead['verdict']['decision'];
  sentence: string;
  actor: Actor;
  at: Date;
}

/** Stores a read, which never changes afterwards; returns its number. */
export async function insertRead(
  db: Db,
  input: { campaignId: string; asOf: Date; inputs: ReadInputs; result: CampaignRead; actor: Actor },
): Promise<number> {
  const [row] = await rows<{ readNo: number }>(
    db,
    sql`insert into reads (campaign_id, as_of, inputs, result, actor)
      values (${input.campaignId}, ${input.asOf}, ${JSON.stringify(input.inputs)}::jsonb, ${JSON.stringify(input.result)}::jsonb,
        ${input.actor})
      returning read_no as "readNo"`,
  );
  if (!row) throw new Error('an insert returns its row');
  return row.readNo;
}

/** A stored read; null where there is none of that number. */
export async function findRead(db: Db, readNo: number): Promise<StoredRead | null> {
  const [row] = await rows<StoredRead>(
    db,
    sql`select read_no as "readNo", campaign_id as "campaignId", as_of as "asOf", inputs, result, actor, at
      from reads where read_no = ${readNo}`,
  );
  return row ?? null;
}

/** The newest reads of a campaign, newest first, at most `limit`. */
export function listReads(db: Db, campaignId: string, limit: number): Promise<ReadLine[]> {
  return rows(
    db,
    sql`select read_no as "readNo", as_of as "asOf", result -> 'verdict' ->> 'decision' as decision,
        result -> 'verdict' ->> 'sentence' as sentence, actor, at
      from reads where campaign_id = ${campaignId} order by read_no desc limit ${limit}`,
  );
}
