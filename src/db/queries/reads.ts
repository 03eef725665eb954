import type { Actor } from '../../domain/actor.ts';
import type { ReadDimension, ReadInputs } from '../../domain/read-inputs.ts';
import type { CampaignRead, Contrast } from '../../domain/read.ts';
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

/** Reads of a campaign before a number (null: from the newest), newest first, with the dimension that they were sliced by. */
export function readsBefore(
  db: Db,
  input: { campaignId: string; beforeNo: number | null; limit: number },
): Promise<(ReadLine & { by: ReadDimension | null })[]> {
  const { campaignId, beforeNo, limit } = input;
  return rows(
    db,
    sql`select read_no as "readNo", as_of as "asOf", result ->> 'by' as by, result -> 'verdict' ->> 'decision' as decision,
        result -> 'verdict' ->> 'sentence' as sentence, actor, at
      from reads where campaign_id = ${campaignId} and (${beforeNo}::bigint is null or read_no < ${beforeNo})
      order by read_no desc limit ${limit}`,
  );
}

/** What a kept read says about the goal, for a line over time. */
export interface ReadPoint {
  readNo: number;
  asOf: Date;
  decision: CampaignRead['verdict']['decision'];
  entries: number;
  /** Contrasts on the goal. */
  contrasts: Contrast[];
}

/** The newest read of each UTC day whose asOf lies in [from, to], in order of time, at most 400. */
export function readPoints(db: Db, input: { campaignId: string; from: Date; to: Date }): Promise<ReadPoint[]> {
  const { campaignId, from, to } = input;
  return rows(
    db,
    sql`select * from (
        select distinct on ((as_of at time zone 'UTC')::date) read_no as "readNo", as_of as "asOf",
          result -> 'verdict' ->> 'decision' as decision, (result ->> 'entries')::int as entries,
          jsonb_path_query_array(result, ${'$.contrasts[*] ? (@.metric == "goal")'}::jsonpath) as contrasts
        from reads where campaign_id = ${campaignId} and as_of >= ${from} and as_of <= ${to}
        order by (as_of at time zone 'UTC')::date desc, read_no desc limit 400) newest
      order by "asOf"`,
  );
}
