import type { ReadDimension } from '../../../domain/read-inputs.ts';
import type { Db } from '../../connect.ts';
import { raw, rows, sql, type Sql } from '../../sql.ts';
import type { CampaignFacts } from './campaign-facts.ts';
import { entryValues } from './entry-values.ts';
import { mature } from './outcomes.ts';

/** How the entries of a group were drawn: what strata are made of. */
export interface DesignKey {
  action: string;
  /** Segment of the policy; of recorded entries the cell of their experiment: segment, band, and where its probabilities are from. */
  drawnBy: string;
  policyVersion: number;
  inInterval: boolean;
  pGlobalHoldout: number;
  pHoldout: number;
  pTreat: number;
  recorded: boolean;
}

export interface GroupKey extends DesignKey {
  group: string;
  day: string;
  slice: string | null;
}

/** Amounts of a group that are not zero: how many, their sum, and squared deviations from their own mean. */
export interface NonZero {
  count: number;
  sum: number;
  m2: number;
}

/** Mature entries of one design, group and day, summed up. */
export interface GroupSums extends GroupKey {
  entries: number;
  goal: number;
  returned: number;
  unsubscribe: number;
  complaint: number;
  /** Goal events that carried an amount in the campaign's currency. */
  valued: number;
  cut: number;
  revenue: NonZero;
  refund: NonZero;
  net: NonZero;
}

/** Entries of recorded experiments by a type of outcome that neither goal nor guardrail reads. */
export interface RecordedSums extends GroupKey {
  type: string;
  money: boolean;
  sums: NonZero;
  cut: number;
}

/** Ends the name of a recorded cell whose probabilities the file gave. */
export const GIVEN = '/column';

/** What a recorded entry was drawn by: probabilities of a recorded experiment are given, or filled in, per segment and band. */
const RECORDED_CELL = `e.segment || '/' || e.band || case when a.probability is null then '/file' else '${GIVEN}' end`;

/** The columns that a design is made of, over entry columns of `e`; needs `RECORDED_JOIN`. */
export const DESIGN_COLUMNS = raw(`e.action,
  case when e.recorded_no is null then e.policy_segment else ${RECORDED_CELL} end as "drawnBy",
  e.policy_version as "policyVersion", e.in_interval as "inInterval", e.p_global_holdout as "pGlobalHoldout",
  e.p_holdout as "pHoldout", e.p_treat as "pTreat", e.recorded_no is not null as recorded`);

export const RECORDED_JOIN = raw('left join recorded_assignments a on a.recorded_no = e.recorded_no');

/** What joins the value of a dimension to `e`, and the value itself; an entry may be in several slices by reason. */
function slices(by: ReadDimension | null): { value: Sql; joins: Sql } {
  const none = raw('');
  switch (by) {
    case null:
      return { value: raw('null::text'), joins: none };
    case 'segment':
      return { value: raw('e.segment'), joins: none };
    case 'version':
      return { value: raw('e.version::text'), joins: none };
    case 'day':
      return { value: raw('w.local_date::text'), joins: none };
    case 'channel':
      return {
        value: raw(`case when e.recorded_no is not null then 'recorded' else coalesce(y.channel, 'none') end`),
        joins: raw('left join ways y on y.wave_no = e.wave_no and y.step = 1 and y.user_no = e.user_no'),
      };
    case 'reason':
      return {
        value: raw('r.reason'),
        joins: raw(`left join warnings n on n.warning_no = e.warning_no
          cross join lateral unnest(case when n.reasons <> '{}' then n.reasons else '{none}' end) as r(reason)`),
      };
  }
}

/** Key columns of a group over `from`, whose rows have the columns of an entry and are called `e`. */
function grouped(from: Sql, by: ReadDimension | null): { keys: Sql; tables: Sql } {
  const { value, joins } = slices(by);
  return {
    keys: sql`${DESIGN_COLUMNS}, coalesce(e.arm, e.assignment) as "group", w.local_date as day, ${value} as slice`,
    tables: sql`${from} join waves w on w.wave_no = e.wave_no ${RECORDED_JOIN} ${joins}`,
  };
}

function nonZero(column: string): string {
  const some = `filter (where e.${column} <> 0)`;
  return `json_build_object('count', count(*) ${some}, 'sum', coalesce(sum(e.${column}) ${some}, 0),
    'm2', coalesce(var_pop(e.${column}) ${some} * count(*) ${some}, 0))`;
}

/** The groups of the mature entries, or those of each slice. Needs the tables of `createOutcomeTables`. */
export function groupSums(
  trx: Db,
  input: { facts: CampaignFacts; cap: number | null; by: ReadDimension | null },
): Promise<GroupSums[]> {
  const { facts, cap, by } = input;
  const { keys, tables } = grouped(sql`(${entryValues(facts, cap)}) e`, by);
  return rows(
    trx,
    sql`select ${keys}, count(*)::int as entries, count(*) filter (where e.goals > 0)::int as goal,
        count(*) filter (where e.returned)::int as returned, count(*) filter (where e.unsubscribed)::int as unsubscribe,
        count(*) filter (where e.complained)::int as complaint, sum(e.valued)::int as valued,
        count(*) filter (where e.cut)::int as cut, ${raw(nonZero('revenue'))} as revenue,
        ${raw(nonZero('refunded'))} as refund, ${raw(nonZero('net'))} as net
      from ${tables}
      group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11`,
  );
}

/** Caps of the money outcomes of recorded experiments by type, as `revenueCap` has it. */
export async function recordedCaps(trx: Db, facts: CampaignFacts): Promise<Map<string, number>> {
  const found = await rows<{ type: string; cap: number }>(
    trx,
    sql`select o.type, percentile_disc(0.999) within group (order by o.value_minor)::float8 as cap
      from recorded_outcomes o join entries e on e.entry_no = o.entry_no
      where ${mature(facts)} and e.in_interval and o.value_minor > 0 group by o.type`,
  );
  return new Map(found.map(({ type, cap }) => [type, cap]));
}

/** Outcomes of recorded experiments by type, in the groups of `groupSums`. */
export function recordedSums(
  trx: Db,
  input: { facts: CampaignFacts; caps: ReadonlyMap<string, number>; by: ReadDimension | null },
): Promise<RecordedSums[]> {
  const { facts, caps, by } = input;
  const from = sql`(
    select e.*, o.type, o.value_minor is not null as money,
      case when o.value_minor is null then (o.count > 0)::int::float8
        when c.cap is null then o.value_minor::float8 else greatest(-c.cap, least(c.cap, o.value_minor::float8)) end as amount,
      coalesce(abs(o.value_minor) > c.cap, false) as cut
    from entries e join recorded_outcomes o on o.entry_no = e.entry_no
      left join jsonb_each_text(${JSON.stringify(Object.fromEntries(caps))}::jsonb) as k(type, cap) on k.type = o.type
      cross join lateral (select k.cap::float8 as cap) c
    where ${mature(facts)} and e.recorded_no is not null) e`;
  const { keys, tables } = grouped(from, by);
  return rows(
    trx,
    sql`select ${keys}, e.type, bool_or(e.money) as money, ${raw(nonZero('amount'))} as sums,
        count(*) filter (where e.cut)::int as cut
      from ${tables} group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, e.type order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, e.type`,
  );
}
