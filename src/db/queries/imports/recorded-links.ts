import type { Knex } from 'knex';
import { rows, sql, type Sql } from '../../sql.ts';
import type { RecordedTarget } from './recorded-target.ts';
import { dropFaulty, touched } from './staging.ts';

/** Takes out rows that can be no entry of the campaign: a user in two groups at once, a time or a date that is taken. */
export async function refuseMisfits(trx: Knex.Transaction, target: RecordedTarget): Promise<void> {
  await refuseOverlaps(trx, target);
  await refuseTakenTimes(trx, target);
  await refuse(trx, {
    column: 'assigned_at',
    code: 'real_wave',
    faulty: sql`select r.*, r.assigned_at::text as shown, null::int as first_line
      from import_rows r join waves w on w.campaign_id = ${target.campaignId} and w.local_date = r.local_date
      where w.trigger <> 'recorded'`,
  });
}

interface Misfit {
  column: string;
  code: string;
  /** Rows of import_rows with `shown` and `first_line`. */
  faulty: Sql;
}

async function refuse(trx: Knex.Transaction, { column, code, faulty }: Misfit): Promise<void> {
  const found = await touched(
    trx,
    sql`insert into import_faults (line, column_name, value, code, first_line, contents)
      select f.line, ${column}, f.shown, ${code}, f.first_line,
        (jsonb_strip_nulls(to_jsonb(f)) - array['line', 'shown', 'first_line', 'local_date', 'action', 'assignment', 'arm_id',
          'types', 'counts', 'amounts'])::text
      from (${faulty}) f`,
  );
  if (found > 0) await dropFaulty(trx);
}

/** The group of a row: its arm, or how it was held out. */
const GROUP = sql`r.action || '/' || coalesce(r.arm_id, r.assignment)`;

/** Rows of one user whose outcome windows overlap: in different groups all of them go, in one group the later ones. */
async function refuseOverlaps(trx: Knex.Transaction, target: RecordedTarget): Promise<void> {
  await rows(
    trx,
    sql`create temp table recorded_overlaps on commit drop as
      select * from (
        select r.line, r.user_id, ${GROUP} as grouped, lag(r.line) over times as before_line, lag(${GROUP}) over times as before_group,
          lag(r.assigned_at) over times + ${target.windowDays}::int * interval '24 hours' as before_ends_at, r.assigned_at
        from import_rows r window times as (partition by r.user_id order by r.assigned_at, r.line)
      ) o where assigned_at < before_ends_at`,
  );
  await refuse(trx, {
    column: 'arm',
    code: 'two_arms',
    faulty: sql`select r.*, r.arm as shown, case when r.line = o.line then o.before_line else o.line end as first_line
      from import_rows r join (
        select distinct on (user_id) * from recorded_overlaps where grouped <> before_group order by user_id, line
      ) o on o.user_id = r.user_id`,
  });
  await refuse(trx, {
    column: 'assigned_at',
    code: 'entered_twice',
    faulty: sql`select r.*, r.assigned_at::text as shown, o.before_line as first_line
      from import_rows r join recorded_overlaps o on o.line = r.line`,
  });
}

/** Rows of users who have another entry of the campaign in that time. */
function refuseTakenTimes(trx: Knex.Transaction, target: RecordedTarget): Promise<void> {
  const window = sql`${target.windowDays}::int * interval '24 hours'`;
  return refuse(trx, {
    column: 'assigned_at',
    code: 'other_entry',
    faulty: sql`select r.*, r.assigned_at::text as shown, null::int as first_line
      from import_rows r join users u on u.user_id = r.user_id
      where exists (select from entries e left join recorded_assignments a on a.recorded_no = e.recorded_no
        where e.campaign_id = ${target.campaignId} and e.user_no = u.user_no
          and e.opened_at < r.assigned_at + ${window} and r.assigned_at < e.window_ends_at
          and (a.arm, a.assigned_at) is distinct from (r.arm, r.assigned_at))`,
  });
}

/**
 * Makes recorded_links (line, recorded_no, user_no, and the entry where the campaign has it already) and recorded_changes
 * (entries that the import changed), which live until the end of the transaction.
 */
export async function linkRows(trx: Knex.Transaction, input: { campaignId: string; importNo: number }): Promise<void> {
  await rows(
    trx,
    sql`create temp table recorded_links on commit drop as
      select r.line, a.recorded_no, u.user_no, e.entry_no
      from import_rows r
        join users u on u.user_id = r.user_id
        join recorded_assignments a on a.user_id = r.user_id and a.arm = r.arm and a.assigned_at = r.assigned_at
        left join entries e on e.campaign_id = ${input.campaignId} and e.recorded_no = a.recorded_no`,
  );
  await trx.raw('create temp table recorded_changes (entry_no bigint primary key) on commit drop');
  await rows(
    trx,
    sql`insert into recorded_changes
      select l.entry_no from recorded_links l join recorded_assignments a using (recorded_no)
      where l.entry_no is not null and a.import_no = ${input.importNo}`,
  );
  await trx.raw('analyze recorded_links');
}
