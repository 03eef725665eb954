import type { LivePolicy } from '../../domain/assignment.ts';
import type { Campaign } from '../../domain/campaign.schema.ts';
import type { Db } from '../connect.ts';
import { treatedScores } from '../../experiments/assign.ts';
import { join, raw, rows, sql, type Sql } from '../sql.ts';
import { hasReason } from './answered-reasons.ts';

/** Whom a campaign means: its definition, its filters as SQL over `u` at `decisionAt`, and the policies to judge scores by. */
export interface AudienceQuestion {
  campaign: Campaign;
  filter: Sql | null;
  /** In the campaign's order; the first that holds is taken. */
  actions: readonly { action: string; when: Sql | null; reasons: readonly string[] | null }[];
  policies: readonly Omit<LivePolicy, 'policyVersion'>[];
  decisionAt: Date;
}

/** One cell of the audience: users of a segment for whom an action is meant; `action` null: no action holds. */
export interface AudienceCell {
  segment: string;
  action: string | null;
  users: number;
  /** Of them: score inside [lo, hi). */
  inside: number;
  /** Score in the exploration band beside it. */
  exploring: number;
  /** In an entry whose window or re-entry gap is not over: no new entry. */
  entered: number;
  /** inside and exploring without those. */
  freshInside: number;
  freshExploring: number;
  /** Sum of e over those: how many of them the draw treats on average, holdouts aside. */
  treatedInside: number;
  treatedExploring: number;
}

/** The newest unexpired warning of each user at the moment, by user number. */
export function newestWarnings(question: AudienceQuestion, afterUserNo = 0): Sql {
  const at = question.decisionAt;
  return sql`select distinct on (w.user_no) w.user_no, w.score, w.segment, w.reasons, w.raised_at from warnings w
    where w.model = ${question.campaign.audience.model} and w.raised_at <= ${at} and w.expires_at > ${at}
      and w.user_no > ${afterUserNo}
    order by w.user_no, w.raised_at desc, w.warning_no desc`;
}

/** Not of a recorded experiment: those users' events are not here, and nobody warned them again. */
const OURS = raw(`n.actor not like 'recorded:%'`);

const WARNED = { warned: raw('n.reasons'), userNo: raw('n.user_no') };

/** What the campaign asks of the warning `n` and the user `u`. */
export function meant(question: AudienceQuestion): Sql {
  const { segments, reasons } = question.campaign.audience;
  const conditions = [
    ...(segments ? [sql`n.segment = any(${segments}::text[])`] : []),
    ...(reasons ? [hasReason(WARNED, reasons, question.decisionAt)] : []),
    ...(question.filter ? [sql`coalesce((${question.filter}), false)`] : []),
  ];
  return join(conditions, ' and ', 'true');
}

/** The id of the first action that holds for `n` and `u`; null: none. */
export function actionOf(question: AudienceQuestion): Sql {
  const branches = question.actions.map(({ action, when, reasons }) => {
    const conditions = [
      ...(reasons ? [hasReason(WARNED, reasons, question.decisionAt)] : []),
      ...(when ? [sql`coalesce((${when}), false)`] : []),
    ];
    return sql`when ${join(conditions, ' and ', 'true')} then ${action}::text`;
  });
  return sql`case ${join(branches, ' ')} end`;
}

/** The policies with the scores that they treat, as rows. */
export function policyRows(question: AudienceQuestion): Sql {
  const policies = question.policies.map((policy) => {
    const { segment, action, lo, hi, inside, outside } = policy;
    const { from, to } = treatedScores(policy);
    const by_band = policy.treatByBand;
    return { segment, action, lo, hi, explore_lo: from, explore_hi: to, e_inside: inside, e_outside: outside, by_band };
  });
  return sql`select * from jsonb_to_recordset(${JSON.stringify(policies)}::jsonb)
    as p(segment text, action text, lo float8, hi float8, explore_lo float8, explore_hi float8, e_inside float8,
      e_outside float8, by_band float8[])`;
}

/** Whether the policy `p` treats the score of `a` by its interval; then, whether by its interval or the exploration band beside it. */
export const INSIDE = raw('(a.score >= p.lo and (a.score < p.hi or p.hi = 1))');
export const NEAR = raw(
  '(a.score >= p.explore_lo and (a.score < p.explore_hi or p.explore_hi = 1 and p.by_band is not null))',
);

/**
 * The audience at a moment by segment and action: users whose newest unexpired warning the campaign means, and how many of
 * them its policies would treat. Consent, caps and the other rungs are the rehearsal's business.
 */
export function countAudience(db: Db, question: AudienceQuestion): Promise<AudienceCell[]> {
  return rows<AudienceCell>(
    db,
    sql`with policies as materialized (${policyRows(question)}),
      audience as (
        select n.segment, n.score, ${actionOf(question)} as action, o.user_no is not null as entered
        from (${newestWarnings(question)}) n join users u on u.user_no = n.user_no
        left join (select distinct user_no from entries where campaign_id = ${question.campaign.campaign}
          and reentry_at > ${question.decisionAt}) o on o.user_no = n.user_no
        where ${meant(question)}),
      ruled as (
        select s.segment as of_segment, p.* from (select distinct segment from audience) s cross join lateral (
          select distinct on (action) * from policies where segment in (s.segment, '*')
          order by action, segment = '*') p),
      judged as (
        select a.segment, a.action, a.entered, ${INSIDE} as inside, ${NEAR} as near, p.e_inside, p.e_outside,
          p.by_band[1 + least(floor(a.score * cardinality(p.by_band))::int, cardinality(p.by_band) - 1)] as e_band
        from audience a left join ruled p on p.of_segment = a.segment and p.action = a.action)
      select segment, action, count(*)::int as users, count(*) filter (where inside)::int as inside,
        count(*) filter (where near and not inside)::int as exploring, count(*) filter (where entered)::int as entered,
        count(*) filter (where inside and not entered)::int as "freshInside",
        count(*) filter (where near and not inside and not entered)::int as "freshExploring",
        coalesce(sum(coalesce(e_band, e_inside)) filter (where inside and not entered), 0)::float8 as "treatedInside",
        coalesce(sum(coalesce(e_band, e_outside)) filter (where near and not inside and not entered), 0)::float8
          as "treatedExploring"
      from judged group by segment, action order by segment, action`,
  );
}

/** Users of the audience by reason of their warning; one with two reasons counts in both. */
export function countReasons(db: Db, question: AudienceQuestion): Promise<{ reason: string; users: number }[]> {
  return rows(
    db,
    sql`select r.reason, count(*)::int as users
      from (${newestWarnings(question)}) n join users u on u.user_no = n.user_no
      cross join lateral unnest(n.reasons) as r(reason)
      where ${meant(question)} group by r.reason order by r.reason`,
  );
}

const RATE_DAYS = 28;

/** Users a day whom the campaign's model warned for it lately: over 28 days, or over the days since its first warning. */
export async function warnedPerDay(db: Db, question: AudienceQuestion): Promise<number> {
  const at = question.decisionAt;
  const [rate] = await rows<{ users: number; days: number }>(
    db,
    sql`select count(distinct n.user_no)::int as users,
        greatest(1, extract(epoch from ${at}::timestamptz - min(n.raised_at)) / 86400)::float8 as days
      from warnings n join users u on u.user_no = n.user_no
      where n.model = ${question.campaign.audience.model} and n.raised_at <= ${at} and ${OURS}
        and n.raised_at > ${at}::timestamptz - make_interval(days => ${RATE_DAYS}) and ${meant(question)}`,
  );
  return rate && rate.users > 0 ? rate.users / rate.days : 0;
}

/**
 * Users a week whom the campaign means, by segment, action and score band, whoever is in an entry: those whose newest warning of
 * the 28 days up to the model's last one is meant, over that time, or over the time since the first of them (a week at least).
 * Counted back from the last warning, so that a recorded experiment of long ago says how many there were then.
 */
export function weeklyUsersByBand(
  db: Db,
  question: AudienceQuestion,
): Promise<{ segment: string; action: string; band: number; users: number }[]> {
  const { audience, policy } = question.campaign;
  return rows(
    db,
    sql`with last as (
        select max(raised_at) as at from warnings where model = ${audience.model} and raised_at <= ${question.decisionAt}),
      newest as (
        select distinct on (w.user_no) w.user_no, w.score, w.segment, w.reasons, w.raised_at from warnings w, last
        where w.model = ${audience.model} and w.raised_at <= last.at and w.raised_at > last.at - make_interval(days => ${RATE_DAYS})
        order by w.user_no, w.raised_at desc, w.warning_no desc),
      warned as (
        select n.segment, ${actionOf(question)} as action, n.raised_at,
          least(floor(n.score * ${policy.bands}::int), ${policy.bands}::int - 1)::int as band
        from newest n join users u on u.user_no = n.user_no where ${meant(question)}),
      period as (
        select least(${RATE_DAYS}, greatest(7, extract(epoch from last.at - min(raised_at)) / 86400))::float8 / 7 as weeks
        from warned, last group by last.at)
      select segment, action, band, count(*)::float8 / weeks as users
      from warned, period where action is not null group by segment, action, band, weeks order by segment, action, band`,
  );
}

const MATURE_DAYS = 60;
const SAMPLE = 20_000;

/**
 * How the audience did in the past: of warnings whose outcome window is over (at most 60 days back, 20,000 newest), the share
 * with a goal event in the window, and what one such event was worth in minor units: mean and standard deviation (null: no
 * value known).
 */
export async function measuredGoal(
  db: Db,
  question: AudienceQuestion,
): Promise<{ warnings: number; rate: number; averageMinor: number | null; spreadMinor: number | null }> {
  const { goal, audience, currency } = question.campaign;
  const window = sql`make_interval(days => ${goal.windowDays})`;
  const at = question.decisionAt;
  const [measured] = await rows<{
    warnings: number;
    rate: number | null;
    average: number | null;
    spread: number | null;
  }>(
    db,
    sql`with past as (
        select n.user_no, n.raised_at from warnings n join users u on u.user_no = n.user_no
        where n.model = ${audience.model} and n.raised_at <= ${at}::timestamptz - ${window} and ${OURS}
          and n.raised_at > ${at}::timestamptz - ${window} - make_interval(days => ${MATURE_DAYS}) and ${meant(question)}
        order by n.warning_no desc limit ${SAMPLE}),
      outcomes as (
        select (select count(*) from events e where e.user_no = p.user_no and e.type = ${goal.event}
          and e.occurred_at >= p.raised_at and e.occurred_at < p.raised_at + ${window}) as events from past p)
      select count(o.events)::int as warnings, avg((o.events > 0)::int)::float8 as rate, min(v.average) as average,
        min(v.spread) as spread
      from (select avg(value_minor)::float8 as average, stddev_samp(value_minor)::float8 as spread
        from events where type = ${goal.event} and currency = ${currency}) v left join outcomes o on true`,
  );
  return {
    warnings: measured?.warnings ?? 0,
    rate: measured?.rate ?? 0,
    averageMinor: measured?.average ?? null,
    spreadMinor: measured?.spread ?? null,
  };
}

/** Names that the data hold: what a campaign may refer to. Empty lists where nothing was imported yet. */
export interface KnownNames {
  models: string[];
  segments: string[];
  reasons: string[];
  eventTypes: string[];
}

/** The models, the segments and reasons of one model, and the types of events in the data. */
export async function knownNames(db: Db, model: string): Promise<KnownNames> {
  const distinct = async (piece: Sql): Promise<string[]> =>
    (await rows<{ name: string }>(db, sql`${piece} order by 1`)).map((row) => row.name);
  return {
    models: await distinct(raw('select distinct model as name from warnings')),
    segments: await distinct(sql`select distinct segment as name from warnings where model = ${model}`),
    reasons: await distinct(
      sql`select distinct r.name from warnings w, unnest(w.reasons) as r(name) where w.model = ${model}`,
    ),
    eventTypes: await distinct(raw('select distinct type as name from events')),
  };
}

/** Open entries of a campaign by the version that they entered with. */
export function openEntries(
  db: Db,
  input: { campaignId: string; decisionAt: Date },
): Promise<{ version: number; entries: number }[]> {
  return rows(
    db,
    // Entries of a wave of ours have one version and one window, so its counted ways say how many there are.
    sql`with open as (
        select e.version, (select sum(users) from way_counts c
            where c.wave_no = w.wave_no and c.step = 1 and c.assignment is not null) as entries
        from waves w cross join lateral (select version, window_ends_at from entries where wave_no = w.wave_no limit 1) e
        where w.campaign_id = ${input.campaignId} and w.trigger <> 'recorded' and e.window_ends_at > ${input.decisionAt}
        union all
        select e.version, count(*) from waves w join entries e on e.wave_no = w.wave_no
        where w.campaign_id = ${input.campaignId} and w.trigger = 'recorded' and e.window_ends_at > ${input.decisionAt}
          and w.local_date >= ${input.decisionAt}::date - 2 - (
            select max((definition -> 'goal' ->> 'windowDays')::int) from campaign_versions where campaign_id = ${input.campaignId})
        group by e.version)
      select version, sum(entries)::int as entries from open group by version having sum(entries) > 0 order by version`,
  );
}

/** What the campaign's messages have reserved so far, in minor units. */
export async function reservedMinor(db: Db, campaignId: string): Promise<number> {
  const [row] = await rows<{ reserved: number }>(
    db,
    sql`select reserved_minor as reserved from campaign_budgets where campaign_id = ${campaignId}`,
  );
  return row?.reserved ?? 0;
}
