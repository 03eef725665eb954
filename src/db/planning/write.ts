import { raw, sql, type Sql } from '../sql.ts';
import type { PlanContext, PlanTables, UserRange } from './context.ts';
import { countedWays, walkedLadder, type Supplies } from './walk.ts';
import type { ZoneRow } from './zones.ts';

/** Namespace of delivery ids (UUIDv5); never change it, or a resumed wave would send under new names. */
const DELIVERY_NAMESPACE = '6f9f4a52-6f5a-5c8e-9a51-7d1d3c1f0a11';

const DAY_MS = 86_400_000;

function entryInsert(context: PlanContext, tables: PlanTables): Sql {
  const { campaign, decisionAt } = context;
  const windowEnd = new Date(decisionAt.getTime() + campaign.goal.windowDays * DAY_MS);
  const reentry = new Date(windowEnd.getTime() + campaign.reentryDays * DAY_MS);
  const bands = campaign.policy.bands;
  return sql`
    new_entries as (
      insert into ${tables.entries} (entry_no, campaign_id, user_no, n, wave_no, version, warning_no, segment, score, band, action,
        policy_segment, policy_version, in_interval, assignment, arm, drawn_arm, p_global_holdout, p_holdout, p_treat, p_arm, opened_at,
        window_ends_at, reentry_at)
      overriding system value
      select entry_no, ${campaign.campaign}, user_no, n, ${context.waveNo}, ${context.version}, warning_no, segment, score,
        least(floor(score * ${bands}), ${bands - 1}), action, policy_segment, policy_version, in_interval,
        assignment,
        case when assignment = 'arm' then drawn_arm end, drawn_arm, ${context.globalHoldout.share}, ${campaign.holdout},
        p_treat, case when assignment = 'arm' then p_arm end, ${decisionAt}, ${windowEnd}, ${reentry}
      from assigned
    ),`;
}

function wayInsert(context: PlanContext, tables: PlanTables): Sql {
  return sql`
    new_ways as (
      insert into ${tables.ways} (wave_no, step, user_no, warning_no, entry_no, disposition, rung, reason, channel, planned_at)
      select ${context.waveNo}, ${context.step}, user_no, warning_no, entry_no, disposition, rung, reason, channel, planned_at
      from way
    ),`;
}

function messageInsert(context: PlanContext, tables: PlanTables, expiresAt: Date): Sql {
  const { campaign, waveNo, step } = context;
  const key = `${campaign.campaign}/${context.localDate}/`;
  return sql`
    new_messages as (
      insert into ${tables.messages} (delivery_id, wave_no, step, entry_no, user_no, campaign_id, channel, category, action, kind, arm,
        counted_at, cost_minor, code_no, state, state_reason, planned_at, expires_at)
      select uuid_generate_v5(${DELIVERY_NAMESPACE}::uuid, ${key} || user_id || '/' || channel || '/' || ${step}::text),
        ${waveNo}, ${step}, entry_no, user_no, ${campaign.campaign}, channel, ${campaign.category}, action, kind, drawn_arm,
        case when disposition = 'contacted' and ${context.counts} then planned_at end, total_minor, code_no,
        case when disposition = 'contacted' then 'PLANNED' else 'DEFERRED' end, cap, at, ${expiresAt}
      from passed where disposition in ('contacted', 'deferred')
      order by user_no
    )`;
}

/** The one statement that plans a range: ladder, entries, ways and messages; yields WayCount rows. */
export function planStatement(
  context: PlanContext,
  tables: PlanTables,
  input: { range: UserRange; zones: readonly ZoneRow[]; supplies: Supplies; expiresAt: Date },
): Sql {
  return sql`
    with ${walkedLadder(context, input)},
    ${context.step === 1 ? entryInsert(context, tables) : raw('')}
    ${wayInsert(context, tables)}
    ${messageInsert(context, tables, input.expiresAt)}
    ${countedWays}`;
}
