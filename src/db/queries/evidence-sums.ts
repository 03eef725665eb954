import type { ArmEvidence, EvidenceCell } from '../../domain/learning.ts';
import type { Db } from '../connect.ts';
import { raw, rows, sql } from '../sql.ts';
import type { CampaignFacts } from './read-inputs/campaign-facts.ts';
import { marked } from './read-inputs/group-sums.ts';
import { designColumns, designJoin, type DesignKey } from './read-inputs/group-keys.ts';
import { entryValues } from './read-inputs/entry-values.ts';

/** What a group of entries did, in sums that can be joined. */
export type OutcomeSums = Omit<EvidenceCell, 'segment' | 'action' | 'band' | 'ageWeeks' | 'treated' | 'probability'>;

/** One group of one design, in a band and week. */
export interface BandSums extends DesignKey, OutcomeSums {
  group: string;
  segment: string;
  band: number;
  ageWeeks: number;
}

const WEEK_SECONDS = 604_800;

/** Sums by design, group, segment, band and week. Needs `read_outcomes`. */
export function bandSums(trx: Db, facts: CampaignFacts, cap: number | null): Promise<BandSums[]> {
  return rows(
    trx,
    sql`select ${designColumns(facts)}, coalesce(e.arm, e.assignment) as "group", e.segment, e.band,
        floor(date_part('epoch', ${facts.asOf}::timestamptz - e.opened_at) / ${WEEK_SECONDS})::int as "ageWeeks",
        count(*)::int as entries, count(*) filter (where e.goals > 0)::int as converted,
        coalesce(sum(e.worth) filter (where e.goals > 0), 0) as "worthSum",
        coalesce(var_pop(e.worth) filter (where e.goals > 0) * count(*) filter (where e.goals > 0), 0) as "worthM2",
        count(*) filter (where e.offer_used)::int as "offersUsed", sum(e.offer_cost) as "offerCostSum",
        sum(e.sent) as "sendCostSum", ${raw(marked('unsubscribe'))} as unsubscribed, ${raw(marked('complaint'))} as complained,
        coalesce(sum(e.net), 0) as "netSum", coalesce(var_pop(e.net) * count(*), 0) as "netM2"
      from (${entryValues(facts, cap)}) e ${designJoin(facts)}
      group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12`,
  );
}

/** Sums by action and arm over the entries of the interval. Needs `read_outcomes`. */
export function armSums(trx: Db, facts: CampaignFacts, cap: number | null): Promise<ArmEvidence[]> {
  const net = raw('coalesce(e.net, e.revenue, 0)');
  return rows(
    trx,
    sql`select e.action, e.arm, count(*)::int as entries, count(*) filter (where e.goals > 0)::int as converted,
        sum(${net}) as "netSum", var_pop(${net}) * count(*) as "netM2"
      from (${entryValues(facts, cap)}) e
      where e.in_interval and e.arm is not null
      group by e.action, e.arm order by e.action, e.arm`,
  );
}
