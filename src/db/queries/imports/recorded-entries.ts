import type { Knex } from 'knex';
import type { Actor } from '../../../domain/actor.ts';
import { rows, sql } from '../../sql.ts';
import { lockCampaign } from '../open-wave.ts';
import type { ImportTable } from './merge.ts';
import { linkRows, refuseMisfits } from './recorded-links.ts';
import { makeDesign, settleEarlierEntries } from './recorded-design.ts';
import { replaceOutcomes } from './recorded-outcomes.ts';
import type { RecordedTarget } from './recorded-target.ts';
import { recordedTable } from './recorded.ts';
import { rejectRepeats, touched } from './staging.ts';
import { adoptEvents } from './users.ts';

/** Columns after those of recordedTable: what the checks made of a row for this campaign. */
const DERIVED = [
  'local_date date not null',
  'action text not null',
  'assignment text not null',
  'arm_id text',
  'types text[] not null',
  'counts int[] not null',
  'amounts bigint[] not null',
];

/**
 * recorded.csv as entries of a campaign, as if they had been run here: users, warnings, a wave per date, entries and outcomes.
 * A row that is known changes what it corrects; assignments never change.
 */
export function recordedEntriesTable(target: RecordedTarget): ImportTable {
  return {
    ...recordedTable,
    columns: [...recordedTable.columns, ...DERIVED],
    async merge(trx, { actor, importNo, staged }) {
      await trx.raw('analyze import_rows');
      await lockCampaign(trx, target.campaignId);
      await rejectRepeats(trx, recordedTable);
      await refuseMisfits(trx, target);
      const users = await insertUsers(trx, actor);
      await recordedTable.merge(trx, { actor, importNo, staged });
      await linkRows(trx, { campaignId: target.campaignId, importNo });
      await insertWaves(trx, { target, importNo, actor });
      await writeWarnings(trx, { target, actor });
      // So many new rows would be taken for none, and the joins below walk them one by one.
      await trx.raw('analyze waves, warnings, entries');
      await correctEntries(trx, target);
      const doubts = await makeDesign(trx, target);
      await settleEarlierEntries(trx, target.campaignId);
      const inserted = await insertEntries(trx, target);
      await replaceOutcomes(trx, target.campaignId);
      await countAudiences(trx, target.campaignId);
      return { inserted, updated: await countChanged(trx), notes: { bareUsers: users, ...doubts } };
    },
  };
}

const recordedBy = (actor: Actor): Actor => `recorded:${actor}`;

/** Bare users: no address and no consent, so that nobody can be contacted before a real import of users. */
async function insertUsers(trx: Knex.Transaction, actor: Actor): Promise<number> {
  const inserted = await touched(
    trx,
    sql`insert into users (user_id, actor)
      select distinct r.user_id, ${recordedBy(actor)} from import_rows r
      where not exists (select from users u where u.user_id = r.user_id)
      on conflict (user_id) do nothing`,
  );
  if (inserted > 0) await adoptEvents(trx);
  return inserted;
}

function insertWaves(
  trx: Knex.Transaction,
  input: { target: RecordedTarget; importNo: number; actor: Actor },
): Promise<number> {
  const { target, importNo, actor } = input;
  const reason = `recorded by import ${importNo}: nothing was sent`;
  return touched(
    trx,
    sql`insert into waves (campaign_id, local_date, version, state, state_reason, trigger, decision_at, actor, finished_at)
      select ${target.campaignId}, r.local_date, ${target.version}, 'done', ${reason}, 'recorded', min(r.assigned_at), ${actor}, now()
      from import_rows r group by r.local_date order by r.local_date
      on conflict (campaign_id, local_date) do nothing`,
  );
}

/** One second valid, long ago: no wave ever takes them up. */
async function writeWarnings(trx: Knex.Transaction, input: { target: RecordedTarget; actor: Actor }): Promise<void> {
  const { target, actor } = input;
  await rows(
    trx,
    sql`insert into warnings (user_no, model, score, segment, reasons, raised_at, expires_at, actor)
      select l.user_no, ${target.model}, r.score, r.segment, r.reasons, r.assigned_at, r.assigned_at + interval '1 second',
        ${recordedBy(actor)}
      from import_rows r join recorded_links l using (line) order by r.line
      on conflict (user_no, model, raised_at) do nothing`,
  );
  await rows(
    trx,
    sql`update warnings w set score = r.score, segment = r.segment, reasons = r.reasons
      from import_rows r join recorded_links l using (line)
      where l.entry_no is not null and w.user_no = l.user_no and w.model = ${target.model} and w.raised_at = r.assigned_at
        and w.actor like 'recorded:%'
        and (w.score, w.segment, w.reasons) is distinct from (r.score, r.segment, r.reasons)`,
  );
}

const band = (bands: number) => sql`least(floor(r.score * ${bands}::int), ${bands}::int - 1)`;

/** Segment, score and action of entries that the file knows better; the wave, the arm and the times stay. */
async function correctEntries(trx: Knex.Transaction, target: RecordedTarget): Promise<void> {
  await rows(
    trx,
    sql`with corrected as (
        update entries e set segment = r.segment, score = r.score, band = ${band(target.bands)}, action = r.action
        from import_rows r join recorded_links l using (line)
        where e.entry_no = l.entry_no and (e.segment, e.score, e.action) is distinct from (r.segment, r.score, r.action)
        returning e.entry_no
      ) insert into recorded_changes select entry_no from corrected on conflict do nothing`,
  );
}

function insertEntries(trx: Knex.Transaction, target: RecordedTarget): Promise<number> {
  const { campaignId, windowDays, reentryDays } = target;
  return touched(
    trx,
    sql`insert into entries (campaign_id, user_no, n, wave_no, version, warning_no, segment, score, band, action, policy_segment,
        policy_version, in_interval, assignment, arm, drawn_arm, p_global_holdout, p_holdout, p_treat, p_arm, opened_at,
        window_ends_at, reentry_at, recorded_no)
      select ${campaignId}, l.user_no, coalesce(known.n, 0) + row_number() over (partition by l.user_no order by r.assigned_at),
        w.wave_no, ${target.version}, wa.warning_no, r.segment, r.score, ${band(target.bands)}, r.action, '*', 0, true,
        r.assignment, r.arm_id, coalesce(r.arm_id, ''), d.p_global, d.p_holdout, 1,
        case when r.assignment = 'arm' then d.p_arm end, r.assigned_at,
        r.assigned_at + ${windowDays}::int * interval '24 hours',
        r.assigned_at + ${windowDays + reentryDays}::int * interval '24 hours', l.recorded_no
      from import_rows r
        join recorded_links l using (line)
        join waves w on w.campaign_id = ${campaignId} and w.local_date = r.local_date
        join warnings wa on wa.user_no = l.user_no and wa.model = ${target.model} and wa.raised_at = r.assigned_at
        join recorded_design d on d.action = r.action and d.segment = r.segment and d.band = ${band(target.bands)}
          and d.assignment = r.assignment and d.arm = coalesce(r.arm_id, '') and d.given = (r.probability is not null)
        left join (
          select user_no, max(n) as n from entries where campaign_id = ${campaignId} group by user_no
        ) known on known.user_no = l.user_no
      where l.entry_no is null
      order by r.line`,
  );
}

async function countAudiences(trx: Knex.Transaction, campaignId: string): Promise<void> {
  await rows(
    trx,
    sql`update waves w set audience = c.entries
      from (select wave_no, count(*)::int as entries from entries
        where campaign_id = ${campaignId} and recorded_no is not null group by wave_no) c
      where w.wave_no = c.wave_no and w.trigger = 'recorded' and w.audience <> c.entries`,
  );
}

async function countChanged(trx: Knex.Transaction): Promise<number> {
  const [row] = await rows<{ changed: number }>(trx, sql`select count(*)::int as changed from recorded_changes`);
  return row?.changed ?? 0;
}
