import type { ReadDimension } from '../../../domain/read-inputs.ts';
import type { Db } from '../../connect.ts';
import { raw, rows, sql } from '../../sql.ts';
import type { CampaignFacts } from './campaign-facts.ts';
import { entryValues } from './entry-values.ts';
import { summedGroups, type GroupKey } from './group-keys.ts';
import { MARKS } from './outcomes.ts';

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
  /** Entries whose revenue the cap cut. */
  cut: number;
  revenue: NonZero;
  refund: NonZero;
  net: NonZero;
  /** Full days to the first goal event, one for each entry of the interval that has one; null: none has. */
  goalDays: number[] | null;
}

/** A NonZero of a column of `e`; var_pop keeps centred sums (Youngs & Cramer). */
export function nonZero(column: string): string {
  const some = `filter (where e.${column} <> 0)`;
  return `json_build_object('count', count(*) ${some}, 'sum', coalesce(sum(e.${column}) ${some}, 0),
    'm2', coalesce(var_pop(e.${column}) ${some} * count(*) ${some}, 0))`;
}

/** How many entries of `e` have a mark. */
export function marked(mark: keyof typeof MARKS): string {
  return `count(*) filter (where e.marks & ${MARKS[mark]} <> 0)::int`;
}

/** The groups of the mature entries, or those of each slice. Needs `read_outcomes`. */
export function groupSums(
  trx: Db,
  input: { facts: CampaignFacts; cap: number | null; by: ReadDimension | null },
): Promise<GroupSums[]> {
  const { facts, cap, by } = input;
  return rows(
    trx,
    summedGroups({
      facts,
      by,
      from: sql`(${entryValues(facts, cap)}) e`,
      sums: raw(`count(*)::int as entries, ${marked('goal')} as goal, ${marked('returned')} as returned,
        ${marked('unsubscribe')} as unsubscribe, ${marked('complaint')} as complaint, coalesce(sum(e.valued), 0)::int as valued,
        count(*) filter (where e.cut)::int as cut,
        ${nonZero('revenue')} as revenue, ${nonZero('refunded')} as refund, ${nonZero('net')} as net,
        ${by === null ? 'array_agg(e.goal_day) filter (where e.in_interval and e.goal_day is not null)' : 'null'} as "goalDays"`),
    }),
  );
}
