import type { Knex } from 'knex';
import { rows, sql } from '../../sql.ts';

/** Makes the outcomes of the file's entries exactly what the file says; what differed goes into recorded_changes. */
export async function replaceOutcomes(trx: Knex.Transaction, campaignId: string): Promise<void> {
  await rows(
    trx,
    sql`create temp table recorded_wanted on commit drop as
      select e.entry_no, l.entry_no is not null as known, o.type, o.count, o.value_minor
      from import_rows r
        join recorded_links l using (line)
        join entries e on e.campaign_id = ${campaignId} and e.recorded_no = l.recorded_no
        cross join lateral unnest(r.types, r.counts, r.amounts) as o(type, count, value_minor)`,
  );
  await trx.raw('analyze recorded_wanted');
  await rows(
    trx,
    sql`with gone as (
        delete from recorded_outcomes o using recorded_links l
        where l.entry_no = o.entry_no
          and not exists (select from recorded_wanted w where w.entry_no = o.entry_no and w.type = o.type)
        returning o.entry_no
      ) insert into recorded_changes select distinct entry_no from gone on conflict do nothing`,
  );
  await rows(
    trx,
    sql`with written as (
        insert into recorded_outcomes (entry_no, type, count, value_minor)
        select entry_no, type, count, value_minor from recorded_wanted order by entry_no
        on conflict (entry_no, type) do update set count = excluded.count, value_minor = excluded.value_minor
          where (recorded_outcomes.count, recorded_outcomes.value_minor) is distinct from (excluded.count, excluded.value_minor)
        returning entry_no
      ) insert into recorded_changes
      select distinct x.entry_no from written x join recorded_links l on l.entry_no = x.entry_no on conflict do nothing`,
  );
}
