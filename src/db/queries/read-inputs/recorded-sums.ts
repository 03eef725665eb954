import type { ReadDimension } from '../../../domain/read-inputs.ts';
import type { Db } from '../../connect.ts';
import { raw, rows, sql } from '../../sql.ts';
import type { CampaignFacts } from './campaign-facts.ts';
import { summedGroups, type GroupKey } from './group-keys.ts';
import { nonZero, type NonZero } from './group-sums.ts';
import { CAP_QUANTILE, mature } from './outcomes.ts';

/** Entries of recorded experiments by a type of outcome of their file. */
export interface RecordedSums extends GroupKey {
  type: string;
  money: boolean;
  sums: NonZero;
  /** Amounts that the cap cut. */
  cut: number;
}

/** Caps of the money outcomes of recorded experiments by type, found as that of the revenue. Minor units. */
export async function recordedCaps(trx: Db, facts: CampaignFacts): Promise<ReadonlyMap<string, number>> {
  if (!facts.recorded) return new Map();
  const found = await rows<{ type: string; cap: number }>(
    trx,
    sql`select o.type, percentile_disc(${CAP_QUANTILE}) within group (order by o.value_minor)::float8 as cap
      from recorded_outcomes o join entries e on e.entry_no = o.entry_no
      where ${mature(facts)} and e.in_interval and o.value_minor > 0 group by o.type`,
  );
  return new Map(found.map(({ type, cap }) => [type, cap]));
}

/** Outcomes of recorded experiments by type, in the groups of `groupSums`. */
export async function recordedSums(
  trx: Db,
  input: { facts: CampaignFacts; caps: ReadonlyMap<string, number>; by: ReadDimension | null },
): Promise<RecordedSums[]> {
  const { facts, caps, by } = input;
  if (!facts.recorded) return [];
  const from = sql`(
    select e.*, o.type, o.value_minor is not null as money,
      case when o.value_minor is null then (o.count > 0)::int::float8
        else greatest(-k.cap::float8, least(k.cap::float8, o.value_minor::float8)) end as amount,
      coalesce(abs(o.value_minor) > k.cap::float8, false) as cut
    from entries e join recorded_outcomes o on o.entry_no = e.entry_no
      left join jsonb_each_text(${JSON.stringify(Object.fromEntries(caps))}::jsonb) as k(type, cap) on k.type = o.type
    where ${mature(facts)} and e.recorded_no is not null) e`;
  const sums = raw(
    `bool_or(e.money) as money, ${nonZero('amount')} as sums, count(*) filter (where e.cut)::int as cut`,
  );
  return rows(trx, summedGroups({ facts, by, from, further: raw('e.type'), sums }));
}
