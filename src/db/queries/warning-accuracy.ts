import type { AccuracyDimension, AccuracyInputs, AccuracySlice, AccuracySums } from '../../domain/warning-accuracy.ts';
import { SENT_STATES } from '../../policy/send-states.ts';
import type { Db } from '../connect.ts';
import { raw, rows, sql, type Sql } from '../sql.ts';
import { freshenStatistics } from './statistics.ts';

/** A campaign whose held-out entries are looked at, and what counts as having come back to it. */
export interface AccuracyCampaign {
  campaignId: string;
  returnEvents: string[];
}

export interface AccuracyFilter {
  campaigns: readonly AccuracyCampaign[];
  asOf: Date;
  /** Null: warnings of every model. */
  model: string | null;
  /** Score bands of the calibration table. */
  bands: number;
}

/** Over so many weeks and more, periods are months. */
const MONTHS_FROM_WEEKS = 20;
/** Scores of 0 and 1 have no log odds; they are taken as this near to them. */
const NEAREST = 1e-6;

/** The threshold in force at `asOf` of each segment and action, '*' included; before the first, the first. */
function thresholds({ asOf }: AccuracyFilter): Sql {
  return sql`
    select distinct on (campaign_id, segment, action) campaign_id, segment, action, lo from live_policies
    order by campaign_id, segment, action, at <= ${asOf} desc,
      case when at <= ${asOf} then policy_version else -policy_version end desc`;
}

/** One row per held-out entry, with what its warning said and whether the user left. */
function heldOut(filter: AccuracyFilter): Sql {
  const { campaigns, asOf, model } = filter;
  const named = JSON.stringify(
    campaigns.map((row) => ({ campaign_id: row.campaignId, return_events: row.returnEvents })),
  );
  return sql`
    with asked as (select * from jsonb_to_recordset(${named}::jsonb) as a(campaign_id text, return_events text[])),
      threshold as (${thresholds(filter)}),
      recorded as (
        select a.campaign_id, exists (
          select from entries e join recorded_outcomes o on o.entry_no = e.entry_no
          where e.campaign_id = a.campaign_id and e.recorded_no is not null and o.type = any(a.return_events)) as measured
        from asked a),
      returned as (
        select e.entry_no from asked a join entries e on e.campaign_id = a.campaign_id
          join events v on v.user_no = e.user_no and v.occurred_at > e.opened_at and v.occurred_at <= e.window_ends_at
        where e.assignment in ('holdout', 'global_holdout') and e.recorded_no is null and v.type = any(a.return_events)
        group by e.entry_no
        union all
        select e.entry_no from asked a join entries e on e.campaign_id = a.campaign_id
          join recorded_outcomes o on o.entry_no = e.entry_no
        where e.assignment in ('holdout', 'global_holdout') and o.type = any(a.return_events) and o.count > 0
        group by e.entry_no)
    select e.entry_no, e.campaign_id, e.user_no, e.opened_at, e.window_ends_at, e.segment, w.model, v.local_date as day,
      e.score, coalesce(own.lo, every.lo) as threshold, e.score >= coalesce(own.lo, every.lo, 0) as called,
      r.entry_no is null as stayed_away, e.window_ends_at <= ${asOf} as mature,
      e.recorded_no is null or recorded.measured as measured
    from asked a join entries e on e.campaign_id = a.campaign_id
      join recorded on recorded.campaign_id = a.campaign_id
      join warnings w on w.warning_no = e.warning_no
      join waves v on v.wave_no = e.wave_no
      left join returned r on r.entry_no = e.entry_no
      left join threshold own on own.campaign_id = e.campaign_id and own.action = e.action and own.segment = e.segment
      left join threshold every on every.campaign_id = e.campaign_id and every.action = e.action and every.segment = '*'
    where e.assignment in ('holdout', 'global_holdout') and e.opened_at <= ${asOf}
      and (${model}::text is null or w.model = ${model})`;
}

interface Extent {
  immature: number;
  unmeasured: number;
  low: number | null;
  high: number | null;
  weeks: number;
}

/** What the judged entries are spread over, and what is left out. */
async function extentOf(trx: Db): Promise<Extent> {
  const [extent] = await rows<Extent>(
    trx,
    sql`select count(*) filter (where not mature)::int as immature, count(*) filter (where mature and not measured)::int as unmeasured,
        min(threshold) filter (where mature and measured) as low, max(threshold) filter (where mature and measured) as high,
        coalesce((max(day) filter (where mature and measured) - min(day) filter (where mature and measured)) / 7, 0)::int as weeks
      from held_out`,
  );
  return extent ?? { immature: 0, unmeasured: 0, low: null, high: null, weeks: 0 };
}

const JUDGED = raw('h.mature and h.measured');

/** The slices by number: ranks sort by that faster than by names. */
function createSlices(period: AccuracyInputs['period']): Sql {
  return sql`
    create temp table held_out_slices on commit drop as
    select row_number() over ()::int as slice, dimension, value from (
      select 'all' as dimension, null as value
      union select 'segment', h.segment from held_out h where ${JUDGED}
      union select 'model', h.model from held_out h where ${JUDGED}
      union select 'period', date_trunc(${period}, h.day)::date::text from held_out h where ${JUDGED}) s`;
}

/** Judged entries by slice and exact score: every slice is a grouping of the same rows. */
function createScores(period: AccuracyInputs['period']): Sql {
  return sql`
    create temp table held_out_scores on commit drop as
    select s.slice, h.score, count(*)::int as entries, count(*) filter (where h.stayed_away)::int as left_,
      count(*) filter (where h.called)::int as called, count(*) filter (where h.called and h.stayed_away)::int as called_left
    from held_out h join held_out_slices a on a.dimension = 'all'
      join held_out_slices g on g.dimension = 'segment' and g.value = h.segment
      join held_out_slices m on m.dimension = 'model' and m.value = h.model
      join held_out_slices p on p.dimension = 'period' and p.value = date_trunc(${period}, h.day)::date::text
      cross join lateral (values (a.slice), (g.slice), (m.slice), (p.slice)) as s(slice)
    where ${JUDGED}
    group by 1, 2`;
}

interface Keyed {
  dimension: AccuracyDimension;
  value: string | null;
}

function sums(trx: Db): Promise<(Keyed & AccuracySums)[]> {
  return rows(
    trx,
    sql`
      select s.dimension, s.value, sum(entries)::int as entries, sum(left_)::int as "left", sum(called)::int as called,
        sum(called_left)::int as "calledLeft", sum(entries * score) as "scoreSum",
        sum(left_ * (1 - score) ^ 2 + (entries - left_) * score ^ 2) as "squaredErrors",
        sum(left_ * (back_below + (entries - left_) / 2::float8)) as "pairsWon",
        min(score) as "lowestScore", max(score) as "highestScore"
      from (
        select *, sum(entries - left_) over (partition by slice order by score) - (entries - left_)::float8 as back_below
        from held_out_scores) ranked join held_out_slices s using (slice)
      group by slice, s.dimension, s.value`,
  );
}

function bandRows(trx: Db, bands: number): Promise<(Keyed & AccuracySlice['bands'][number])[]> {
  return rows(
    trx,
    sql`select dimension, value, least(floor(score * ${bands}::int), ${bands}::int - 1)::int as band, sum(entries)::int as entries,
        sum(left_)::int as "left", sum(entries * score) as "scoreSum"
      from held_out_scores join held_out_slices using (slice) group by 1, 2, 3 order by 3`,
  );
}

/** Scores whose log odds agree to two decimals share a cell, with their mean: a slope doesn't feel it. */
function logOddsRows(trx: Db): Promise<(Keyed & AccuracySlice['logOdds'][number])[]> {
  return rows(
    trx,
    sql`select dimension, value, sum(entries * log_odds) / sum(entries) as "logOdds", sum(entries)::int as entries, sum(left_)::int as "left"
      from (select *, ln(clipped / (1 - clipped)) as log_odds
        from (select *, greatest(${NEAREST}::float8, least(1 - ${NEAREST}::float8, score)) as clipped from held_out_scores) c) l
        join held_out_slices using (slice)
      group by dimension, value, round(log_odds * 100) order by 3`,
  );
}

async function contactedElsewhere(trx: Db): Promise<number> {
  const [row] = await rows<{ entries: number }>(
    trx,
    sql`select count(*)::int as entries from held_out h where h.mature and h.measured and exists (
        select from messages m where m.user_no = h.user_no and m.campaign_id <> h.campaign_id
          and m.state = any(${[...SENT_STATES]}::text[]) and m.counted_at > h.opened_at and m.counted_at <= h.window_ends_at)`,
  );
  return row?.entries ?? 0;
}

function keyOf({ dimension, value }: Keyed): string {
  return JSON.stringify([dimension, value]);
}

function byKey<Row extends Keyed>(found: readonly Row[]): Map<string, Omit<Row, keyof Keyed>[]> {
  const groups = new Map<string, Omit<Row, keyof Keyed>[]>();
  for (const row of found) {
    const { dimension: _dimension, value: _value, ...rest } = row;
    const group = groups.get(keyOf(row));
    if (group) group.push(rest);
    else groups.set(keyOf(row), [rest]);
  }
  return groups;
}

async function slicesOf(trx: Db, bands: number): Promise<AccuracySlice[]> {
  const [found, inBands, inLogOdds] = [
    await sums(trx),
    byKey(await bandRows(trx, bands)),
    byKey(await logOddsRows(trx)),
  ];
  return found.map(({ dimension, value, ...own }) => {
    const key = keyOf({ dimension, value });
    return { dimension, value, sums: own, bands: inBands.get(key) ?? [], logOdds: inLogOdds.get(key) ?? [] };
  });
}

/**
 * The sums over held-out entries (holdout and global holdout) of campaigns whose window is over at `asOf`, by slice; scores are
 * ranked exactly. An entry left when no return event of its campaign fell in its window (rule 13).
 */
export async function loadAccuracyInputs(db: Db, filter: AccuracyFilter): Promise<AccuracyInputs> {
  await freshenStatistics(db);
  return db.transaction(async (trx) => {
    await rows(trx, raw('drop table if exists pg_temp.held_out, pg_temp.held_out_slices, pg_temp.held_out_scores'));
    // Ranks and groupings of all held-out people are sorted in memory.
    await rows(trx, raw("set local work_mem = '256MB'"));
    await rows(trx, sql`create temp table held_out on commit drop as ${heldOut(filter)}`);
    await rows(trx, raw('analyze held_out'));
    const extent = await extentOf(trx);
    const period = extent.weeks >= MONTHS_FROM_WEEKS ? 'month' : 'week';
    await rows(trx, createSlices(period));
    await rows(trx, createScores(period));
    await rows(trx, raw('analyze held_out_slices, held_out_scores'));
    const { low, high } = extent;
    return {
      slices: await slicesOf(trx, filter.bands),
      bands: filter.bands,
      period,
      immature: extent.immature,
      unmeasured: extent.unmeasured,
      contactedElsewhere: await contactedElsewhere(trx),
      thresholds: low === null || high === null ? null : { low, high },
    };
  });
}
