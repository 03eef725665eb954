import type { Knex } from 'knex';
import { rows, sql } from '../../sql.ts';
import type { RecordedTarget } from './recorded-target.ts';

/** Cells (segment × band) whose probabilities vary within a group, or don't add up to 1. */
export interface DesignDoubts {
  varyingCells: number;
  unevenCells: number;
}

/** Probabilities that leave less than this for the holdout leave nothing: they were rounded. */
const ROUNDING = 0.005;

/**
 * Makes recorded_design, which says for each group of a cell (action, segment, band) how probable every layer was; it lives until
 * the end of the transaction. Rows with a probability: the mean of their group in the cell, the holdout's else what the others leave. Rows
 * without: the file's shares among the arms that have rows, and its holdout where anybody is held out.
 */
export async function makeDesign(trx: Knex.Transaction, target: RecordedTarget): Promise<DesignDoubts> {
  await makeMembers(trx, target);
  await makeGivenCells(trx);
  await rows(
    trx,
    sql`create temp table recorded_design on commit drop as
      select m.action, m.segment, m.band, m.assignment, m.arm, true as given, c.p_global,
        coalesce(c.p_holdout / nullif(1 - c.p_global, 0), 0) as p_holdout,
        coalesce(least(1, m.p / nullif(greatest(0, 1 - c.p_global - c.p_holdout), 0)), 1) as p_arm
      from recorded_given m join recorded_cells c using (action, segment, band)
      union all
      select g.action, g.segment, g.band, g.assignment, g.arm, false, a.p_global, a.p_holdout,
        coalesce(d.share / nullif(a.shares, 0), 0)
      from (select distinct action, segment, band, assignment, arm from recorded_members where probability is null) g
        join (${plainActions(target)}) a using (action)
        left join (${fileShares(target)}) d on d.action = g.action and d.arm = g.arm`,
  );
  await trx.raw('analyze recorded_design');
  const [doubts] = await rows<DesignDoubts>(
    trx,
    sql`select count(*) filter (where varies)::int as "varyingCells", count(*) filter (where abs(total - 1) > 0.01)::int as "unevenCells"
      from (select bool_or(g.varies) as varies, c.p_global + c.p_holdout + sum(g.p) filter (where g.assignment = 'arm') as total
        from recorded_given g join recorded_cells c using (action, segment, band)
        group by action, segment, band, c.p_global, c.p_holdout) s`,
  );
  return doubts ?? { varyingCells: 0, unevenCells: 0 };
}

/** Every recorded assignment of the campaign, the file's own as the file has them. */
async function makeMembers(trx: Knex.Transaction, { campaignId, bands }: RecordedTarget): Promise<void> {
  await rows(
    trx,
    sql`create temp table recorded_members on commit drop as
      select r.action, r.segment, least(floor(r.score * ${bands}::int), ${bands}::int - 1)::int as band, r.assignment,
        coalesce(r.arm_id, '') as arm, r.probability
      from import_rows r
      union all
      select e.action, e.segment, e.band, e.assignment, coalesce(e.arm, ''), a.probability
      from entries e join recorded_assignments a using (recorded_no)
      where e.campaign_id = ${campaignId} and not exists (select from recorded_links l where l.entry_no = e.entry_no)`,
  );
  await trx.raw('analyze recorded_members');
}

/** recorded_given: p of each group of a cell; recorded_cells: what is left for the holdouts. Rounded, so that equal designs stay equal. */
async function makeGivenCells(trx: Knex.Transaction): Promise<void> {
  const mean = sql`case when min(probability) = max(probability) then min(probability) else round(avg(probability)::numeric, 6)::float8 end`;
  await rows(
    trx,
    sql`create temp table recorded_given on commit drop as
      with own as (
        select action, segment, band, assignment, arm, ${mean} as p, min(probability) <> max(probability) as varies
        from recorded_members where probability is not null group by 1, 2, 3, 4, 5
      ), wide as (
        select action, assignment, arm, ${mean} as p from recorded_members where probability is not null group by 1, 2, 3
      )
      select c.action, c.segment, c.band, w.assignment, w.arm, coalesce(o.varies, false) as varies,
        coalesce(o.p, case when w.assignment <> 'holdout' then w.p end) as p
      from (select distinct action, segment, band from own) c join wide w using (action)
        left join own o using (action, segment, band, assignment, arm)`,
  );
  const left = sql`round((1 - sum(p) filter (where assignment <> 'holdout'))::numeric, 6)::float8`;
  await rows(
    trx,
    sql`create temp table recorded_cells on commit drop as
      select action, segment, band, coalesce(max(p) filter (where assignment = 'global_holdout'), 0) as p_global,
        coalesce(max(p) filter (where assignment = 'holdout'), case when ${left} > ${ROUNDING}::float8 then ${left} end, 0) as p_holdout
      from recorded_given group by 1, 2, 3`,
  );
}

const fileShares = ({ design }: RecordedTarget) => {
  const shares = design.flatMap(({ action, shares: arms }) =>
    Object.entries(arms).map(([arm, share]) => ({ action, arm, share })),
  );
  return sql`select * from jsonb_to_recordset(${JSON.stringify(shares)}::jsonb) as d(action text, arm text, share float8)`;
};

/** Per action: the holdouts by the file, and the sum of the shares of the arms that have rows. The global holdout's share is the observed one. */
const plainActions = (target: RecordedTarget) => sql`
  select m.action, m.p_global, case when m.has_holdout then h.holdout else 0 end as p_holdout, s.shares
  from (
    select action, coalesce(bool_or(assignment = 'holdout'), false) as has_holdout,
      round(avg((assignment = 'global_holdout')::int), 6)::float8 as p_global
    from recorded_members where probability is null group by action
  ) m
    join jsonb_to_recordset(${JSON.stringify(target.design)}::jsonb) as h(action text, holdout float8) using (action)
    left join (
      select d.action, sum(d.share) as shares from (${fileShares(target)}) d
      where exists (select from recorded_members m where m.action = d.action and m.arm = d.arm and m.probability is null)
      group by d.action
    ) s using (action)`;

/** Brings entries of earlier imports in line with recorded_design. */
export async function settleEarlierEntries(trx: Knex.Transaction, campaignId: string): Promise<void> {
  await rows(
    trx,
    sql`update entries e set p_global_holdout = d.p_global, p_holdout = d.p_holdout,
        p_arm = case when e.assignment = 'arm' then d.p_arm end
      from recorded_assignments a, recorded_design d
      where e.campaign_id = ${campaignId} and a.recorded_no = e.recorded_no
        and d.action = e.action and d.segment = e.segment and d.band = e.band and d.assignment = e.assignment
        and d.arm = coalesce(e.arm, '') and d.given = (a.probability is not null)
        and (e.p_global_holdout, e.p_holdout, e.p_arm) is distinct from
          (d.p_global, d.p_holdout, case when e.assignment = 'arm' then d.p_arm end)`,
  );
}
