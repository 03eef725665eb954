import type { Db } from '../connect.ts';
import { rows, sql, type Sql } from '../sql.ts';

/** A row as it is stored, by the names of its columns. */
export type StoredRow = Record<string, unknown>;

const HELD: Record<string, (user: Sql) => Sql> = {
  consents: (user) =>
    sql`select channel, category, granted, source, actor, at from consents where user_no = ${user} order by consent_no`,
  suppressions: (user) => sql`select s.address, s.channel, s.reason, s.actor, s.at, s.lifted_at from users me
      join suppressions s on s.user_no = me.user_no or s.address in (lower(me.email), me.phone)
      where me.user_no = ${user} order by s.suppression_no`,
  survey_answers: (
    user,
  ) => sql`select message_no, campaign_id, reason, comment, locale, answered_at, counts_until from survey_answers
      where user_no = ${user} order by answer_no`,
  push_subscriptions: (
    user,
  ) => sql`select kind, endpoint, p256dh, auth, actor, created_at, gone_at from push_subscriptions
      where user_no = ${user} order by subscription_no`,
  warnings: (
    user,
  ) => sql`select warning_no, model, score, segment, reasons, evidence, raised_at, expires_at, actor, imported_at
      from warnings where user_no = ${user} order by warning_no`,
  events: (
    user,
  ) => sql`select event_id, type, occurred_at, value_minor, currency, properties, actor, received_at from events
      where user_no = ${user} order by occurred_at, event_id`,
  contacts: (user) =>
    sql`select channel, category, sent_at, actor from contacts where user_no = ${user} order by sent_at`,
  entries: (user) => sql`select e.* from campaigns c
      join lateral (select * from entries x where x.campaign_id = c.campaign_id and x.user_no = ${user} offset 0) e on true
      order by e.entry_no`,
  outcomes: (user) => sql`select o.entry_no, o.type, o.count, o.value_minor from campaigns c
      join lateral (select entry_no from entries x where x.campaign_id = c.campaign_id and x.user_no = ${user} offset 0) e on true
      join recorded_outcomes o on o.entry_no = e.entry_no order by 1, 2`,
  recorded_assignments: (
    user,
  ) => sql`select r.segment, r.reasons, r.score, r.arm, r.assigned_at, r.contacted, r.outcomes, r.currency
      from campaigns c
      join lateral (select recorded_no from entries x where x.campaign_id = c.campaign_id and x.user_no = ${user} offset 0) e on true
      join recorded_assignments r on r.recorded_no = e.recorded_no order by r.recorded_no`,
  ways: (user) => sql`select w.wave_no, w.step, w.disposition, w.rung, w.reason, w.channel, w.planned_at from waves v
      cross join lateral (select distinct step from wave_shards s where s.wave_no = v.wave_no) s
      join lateral (select * from ways x where x.wave_no = v.wave_no and x.step = s.step and x.user_no = ${user}) w on true
      order by w.wave_no, w.step`,
  messages: (
    user,
  ) => sql`select message_no, delivery_id, wave_no, step, campaign_id, channel, category, action, kind, arm, state,
        state_reason, planned_at, submitted_at, accepted_at, changed_at, cost_minor, provider, provider_id
      from messages where user_no = ${user} order by message_no`,
  attempts: (
    user,
  ) => sql`select a.message_no, a.result, a.class, a.evidence, a.at from messages m join attempts a using (message_no)
      where m.user_no = ${user} order by a.attempt_no`,
  clicks: (user) => sql`select c.message_no, l.url, c.machine, c.at from messages m join clicks c using (message_no)
      left join tracked_links l using (link_no) where m.user_no = ${user} order by c.click_no`,
  coupons: (user) => sql`select distinct c.pool, c.code, c.state, c.reserved_at, c.redeemed_at from messages m
      join coupon_codes c on c.code_no = m.code_no and c.user_no = m.user_no where m.user_no = ${user} order by 1, 2`,
  tasks: (
    user,
  ) => sql`select t.task_no, t.campaign_id, t.kind, t.title, t.body, t.state, t.assignee, t.note, t.due_at, t.created_at,
        t.closed_at, t.closed_by
      from messages m join tasks t using (message_no) where m.user_no = ${user} order by t.task_no`,
};

/** Every row that is about a user, by what it is, on one snapshot of the database. */
export async function rowsAboutUser(
  db: Db,
  userNo: number,
): Promise<{ user: StoredRow; held: Record<string, StoredRow[]> }> {
  return db.transaction(
    async (trx) => {
      const [user] = await rows<StoredRow>(trx, sql`select * from users where user_no = ${userNo}`);
      const held: Record<string, StoredRow[]> = {};
      for (const [name, query] of Object.entries(HELD)) held[name] = await rows(trx, query(sql`${userNo}`));
      return { user: user ?? {}, held };
    },
    { isolationLevel: 'repeatable read', readOnly: true },
  );
}
