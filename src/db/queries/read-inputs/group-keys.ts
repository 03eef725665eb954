import type { ReadDimension } from '../../../domain/read-inputs.ts';
import { raw, sql, type Sql } from '../../sql.ts';
import type { CampaignFacts } from './campaign-facts.ts';

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

/** A group of a design on a day: an arm or a way of being held out. */
export interface GroupKey extends DesignKey {
  group: string;
  day: string;
  slice: string | null;
}

/** Ends the name of a recorded cell whose probabilities the file gave. */
export const GIVEN = '/column';

/** Probabilities of a recorded experiment are given, or filled in, per segment and band. */
const RECORDED_CELL = `e.segment || '/' || e.band || case when a.probability is null then '/file' else '${GIVEN}' end`;

/** The columns of a design over those of an entry `e`, eight of them; needs `designJoin`. */
export function designColumns(facts: CampaignFacts): Sql {
  const drawnBy = facts.recorded
    ? `case when e.recorded_no is null then e.policy_segment else ${RECORDED_CELL} end`
    : 'e.policy_segment';
  return raw(`e.action, ${drawnBy} as "drawnBy", e.policy_version as "policyVersion", e.in_interval as "inInterval",
    e.p_global_holdout as "pGlobalHoldout", e.p_holdout as "pHoldout", e.p_treat as "pTreat", e.recorded_no is not null as recorded`);
}

/** What `designColumns` needs besides `e`. */
export function designJoin(facts: CampaignFacts): Sql {
  return raw(facts.recorded ? 'left join recorded_assignments a on a.recorded_no = e.recorded_no' : '');
}

/** The value of a dimension for `e`, and what it needs to be joined; the day comes with the wave. An entry may have several reasons. */
function slices(by: ReadDimension | null): { value: Sql; joins: Sql } {
  const plain = (value: string): { value: Sql; joins: Sql } => ({ value: raw(value), joins: raw('') });
  switch (by) {
    case null:
    case 'day':
      return plain('null::text');
    case 'segment':
      return plain('e.segment');
    case 'version':
      return plain('e.version::text');
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

const KEYS = raw('1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11');

/**
 * Sums over groups, in the order of their keys: `from` is called `e` and has the columns of an entry, `further` are key columns besides
 * those of GroupKey, `sums` the aggregates.
 */
export function summedGroups(input: {
  facts: CampaignFacts;
  by: ReadDimension | null;
  from: Sql;
  further?: Sql;
  sums: Sql;
}): Sql {
  const { facts, by, from, sums } = input;
  const { value, joins } = slices(by);
  const further = input.further ? sql`, ${input.further}` : raw('');
  return sql`
    select g.*, w.local_date as day, ${by === 'day' ? raw('w.local_date::text') : raw('g.part')} as slice
    from (
      select ${designColumns(facts)}, e.wave_no, coalesce(e.arm, e.assignment) as "group", ${value} as part ${further}, ${sums}
      from ${from} ${designJoin(facts)} ${joins}
      group by ${KEYS} ${further}
    ) g join waves w on w.wave_no = g.wave_no
    order by ${KEYS} ${input.further ? raw(', 12') : raw('')}`;
}
