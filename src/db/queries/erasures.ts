import type { Knex } from 'knex';
import type { Actor } from '../../domain/actor.ts';
import { raw, rows, sql, type Sql } from '../sql.ts';
import { recordAudit } from './audit.ts';
import { touched } from './imports/staging.ts';
import { giveBack, lockMoney, RESEND, type Reservation } from './outbox/release.ts';
import { lockUserBuckets } from './user-locks.ts';

/** What an erasure did: messages that were not sent yet, and rows that lost personal data, by table. */
export interface Erased {
  erasedAt: Date;
  /** True: it was erased before, and nothing was left to do. */
  again: boolean;
  cancelled: number;
  removed: Record<string, number>;
}

/**
 * Takes a person out of every table in one transaction. Rows that statistics count stay under the user's number; hashes of what
 * the person was known by stay, so that a file that brings the person back finds them suppressed.
 */
export async function eraseUser(db: Knex, input: { userNo: number; actor: Actor; reason: string }): Promise<Erased> {
  const { userNo, actor, reason } = input;
  return db.transaction(async (trx) => {
    await lockUserBuckets(trx, [userNo]);
    const [before] = await rows<{ at: Date | null }>(
      trx,
      sql`select erased_at as at from users where user_no = ${userNo} for update`,
    );
    if (before?.at) return { erasedAt: before.at, again: true, cancelled: 0, removed: {} };
    const cancelled = await cancelUnsent(trx, userNo);
    await keepHashes(trx, userNo);
    const removed: Record<string, number> = {};
    for (const [table, statement] of Object.entries(REMOVALS)) removed[table] = await touched(trx, statement(input));
    const [done] = await rows<{ at: Date }>(
      trx,
      sql`insert into erasures (user_no, actor) values (${userNo}, ${actor}) returning erased_at as at`,
    );
    await recordAudit(trx, { actor, action: 'user.erase', subject: `user/${userNo}`, details: { reason, cancelled } });
    return { erasedAt: done?.at ?? new Date(), again: false, cancelled, removed };
  });
}

async function cancelUnsent(trx: Knex.Transaction, userNo: number): Promise<number> {
  const waves = await rows<{ waveNo: number }>(
    trx,
    sql`select distinct wave_no as "waveNo" from messages
      where user_no = ${userNo} and state in ('PLANNED', 'DEFERRED', 'CLAIMED')`,
  );
  if (waves.length === 0) return 0;
  await lockMoney(
    trx,
    waves.map(({ waveNo }) => waveNo),
  );
  // A claimed message has not been submitted: its sender's next step finds it cancelled.
  const cancelled = await rows<Reservation & { kept: boolean }>(
    trx,
    sql`update messages m set state = 'CANCELLED', state_reason = 'erased', changed_at = now(), owner = null, lease_until = null,
        counted_at = case when m.state_reason = ${RESEND} then m.counted_at end
      where m.user_no = ${userNo} and m.state in ('PLANNED', 'DEFERRED', 'CLAIMED')
      returning m.campaign_id as "campaignId", m.wave_no as "waveNo", m.cost_minor as "costMinor", m.code_no as "codeNo",
        m.counted_at is not null as kept`,
  );
  await giveBack(
    trx,
    cancelled.filter((message) => !message.kept),
  );
  return cancelled.length;
}

/** Addresses that somebody else has too: they stay as they are, for them. */
const SHARED = sql`exists (select from users other where other.user_no <> me.user_no and other.erased_at is null
  and (lower(other.email) = known.address or other.phone = known.address))`;

const ADDRESSES = sql`users me cross join lateral (values (lower(me.email)), (me.phone)) as known(address)`;

/** sha256(key ‖ sha256(key ‖ name)): keyed, and proof against extension as HMAC is. */
const hashOf = (name: Sql): Sql => sql`sha256(k.key || sha256(k.key || convert_to(${name}, 'UTF8')))`;

async function keepHashes(trx: Knex.Transaction, userNo: number): Promise<void> {
  await rows(
    trx,
    sql`insert into erased_names (hash)
      select ${hashOf(raw('n.name'))} from erasure_keys k cross join (
        select 'id:' || user_id as name from users where user_no = ${userNo}
        union select 'to:' || known.address from ${ADDRESSES}
        where me.user_no = ${userNo} and known.address is not null and not ${SHARED}) n
      on conflict do nothing`,
  );
}

type Removal = (input: { userNo: number; actor: Actor }) => Sql;

const NAME = (userNo: number): string => `erased:${userNo}`;

/** One statement per table, in this order: the addresses of the user's own row are the last to go. */
const REMOVALS: Record<string, Removal> = {
  tasks: ({ userNo, actor }) => sql`update tasks t set title = 'erased', body = '', note = null,
      state = case when t.state in ('open', 'claimed') then 'dropped' else t.state end,
      closed_at = coalesce(t.closed_at, now()), closed_by = coalesce(t.closed_by, ${actor})
    from messages m where m.user_no = ${userNo} and t.message_no = m.message_no`,
  clicks: ({ userNo }) =>
    sql`delete from clicks c using messages m where m.user_no = ${userNo} and c.message_no = m.message_no`,
  attempts: ({ userNo }) => sql`update attempts a set evidence = null
    from messages m where m.user_no = ${userNo} and a.message_no = m.message_no and a.evidence is not null`,
  // The provider's name of a message leads to an address there; one whose fate is open is still looked up by it.
  messages: ({ userNo }) => sql`update messages set provider_id = null
    where user_no = ${userNo} and provider_id is not null and state not in ('SUBMITTING', 'UNKNOWN')`,
  survey_answers: ({ userNo }) =>
    sql`update survey_answers set comment = null where user_no = ${userNo} and comment is not null`,
  push_subscriptions: ({ userNo }) => sql`delete from push_subscriptions where user_no = ${userNo}`,
  events: ({ userNo }) => sql`update events set user_id = ${NAME(userNo)}, properties = '{}' where user_no = ${userNo}`,
  warnings: ({
    userNo,
  }) => sql`update warnings set evidence = null, expires_at = least(expires_at, greatest(raised_at, now()))
    where user_no = ${userNo}`,
  recorded_assignments: ({ userNo }) => sql`update recorded_assignments r set user_id = ${NAME(userNo)}
    from users u where u.user_no = ${userNo} and r.user_id = u.user_id`,
  suppressions: ({ userNo }) => sql`delete from suppressions s using ${ADDRESSES}
    where me.user_no = ${userNo} and s.user_no is null and s.address = known.address and not ${SHARED}`,
  suppression_reasons: ({ userNo }) =>
    sql`update suppressions set reason = 'erased', address = null where user_no = ${userNo}`,
  suppressed: ({ userNo, actor }) => sql`insert into suppressions (user_no, channel, reason, actor)
    values (${userNo}, 'all', 'erased', ${actor}) on conflict do nothing`,
  consents: ({ userNo, actor }) => sql`insert into consents (user_no, channel, granted, source, actor)
    select u.user_no, c.channel, false, 'erasure', ${actor} from users u cross join lateral
      (values ('email', u.consent_email), ('sms', u.consent_sms), ('push', u.consent_push)) as c(channel, before)
    where u.user_no = ${userNo} and c.before`,
  users: ({
    userNo,
    actor,
  }) => sql`update users set user_id = ${NAME(userNo)}, email = null, phone = null, locale = null,
      timezone = null, consent_email = false, consent_sms = false, consent_push = false, attributes = '{}', refused_categories = '{}', actor = ${actor},
      erased_at = now()
    where user_no = ${userNo}`,
};

/** Suppresses users of import_rows who are known to have been erased, by id or address; once each, so that a person can lift it. */
export async function leaveErasedAlone(trx: Knex.Transaction): Promise<number> {
  const [any] = await rows(trx, sql`select from erased_names limit 1`);
  if (!any) return 0;
  return touched(
    trx,
    sql`insert into suppressions (user_no, channel, reason, actor)
      select u.user_no, 'all', 'erased before', 'system:erasure'
      from import_rows r join users u using (user_id) cross join erasure_keys k
      where exists (select from erased_names e where e.hash in (${hashOf(raw(`'id:' || u.user_id`))},
          ${hashOf(raw(`'to:' || lower(u.email)`))}, ${hashOf(raw(`'to:' || u.phone`))}))
        and not exists (select from suppressions s where s.user_no = u.user_no and s.reason = 'erased before')
      on conflict do nothing`,
  );
}
