import type { Knex } from 'knex';
import type { Db } from '../../connect.ts';
import { rows, sql } from '../../sql.ts';

/** A message at the fence of the attempt that speaks. */
export interface AttemptRef {
  messageNo: number;
  fence: number;
}

/** What a provider took, at the business clock's `at`. */
export interface Accepted extends AttemptRef {
  providerId: string;
  at: Date;
}

// A late answer still settles what the sweep called UNKNOWN, as long as nobody tried again.
const ACCEPT = `
  with done as (
    update messages m set state = 'ACCEPTED', state_reason = null, accepted_at = r.at, provider = :provider,
      provider_id = r.provider_id, counted_at = case when m.counted_at is null then null else r.at end,
      owner = null, lease_until = null, changed_at = now()
    from unnest(cast(:messageNos as bigint[]), cast(:fences as int[]), cast(:providerIds as text[]), cast(:ats as timestamptz[]))
      as r(message_no, fence, provider_id, at)
    where m.message_no = r.message_no and m.fence = r.fence and m.state in ('SUBMITTING', 'UNKNOWN')
    returning m.message_no, m.code_no
  ), codes as (
    update coupon_codes c set state = 'sent' from done where c.code_no = done.code_no and c.state = 'reserved'
  )
  select message_no from done`;

/** Writes acceptances in one statement, their coupons as sent; returns the messages that moved. Repeating it changes nothing. */
export async function recordAccepted(
  db: Db,
  input: { provider: string; accepted: readonly Accepted[] },
): Promise<Set<number>> {
  const { rows: moved } = (await db
    .raw(ACCEPT, {
      provider: input.provider,
      messageNos: input.accepted.map((one) => one.messageNo),
      fences: input.accepted.map((one) => one.fence),
      providerIds: input.accepted.map((one) => one.providerId),
      ats: input.accepted.map((one) => one.at.toISOString()),
    })
    .options({ name: 'outbox-accept' })) as { rows: { message_no: number }[] };
  return new Set(moved.map((row) => row.message_no));
}

/** A definite no that may be tried again at `retryAt`. */
export interface Retry extends AttemptRef {
  reason: string;
  /** Codes and words of the protocol, never an address. */
  evidence: string;
  retryAt: Date;
}

/** SUBMITTING (or CLAIMED, when the no came before the intent) → PLANNED with its evidence; the reservation stays. */
export async function recordRetries(trx: Knex.Transaction, retries: readonly Retry[]): Promise<void> {
  if (retries.length === 0) return;
  await rows(
    trx,
    sql`with r as (
        select * from jsonb_to_recordset(${JSON.stringify(retries)}::jsonb)
          as r("messageNo" bigint, fence int, reason text, evidence text, "retryAt" timestamptz)),
      moved as (
        update messages m set state = 'PLANNED', planned_at = r."retryAt", attempts = m.attempts + 1,
          owner = null, lease_until = null, changed_at = now()
        from r where m.message_no = r."messageNo" and m.fence = r.fence and m.state in ('CLAIMED', 'SUBMITTING', 'UNKNOWN')
        returning m.message_no)
      insert into attempts (message_no, fence, result, class, evidence)
      select r."messageNo", r.fence, 'retry', r.reason, r.evidence from r join moved on moved.message_no = r."messageNo"`,
  );
}

/** An attempt after which nobody knows. */
export interface Doubt extends AttemptRef {
  reason: string;
  evidence: string;
}

/** SUBMITTING → UNKNOWN with its evidence; caps go on counting it. */
export async function recordDoubts(trx: Knex.Transaction, doubts: readonly Doubt[]): Promise<void> {
  if (doubts.length === 0) return;
  await rows(
    trx,
    sql`with r as (
        select * from jsonb_to_recordset(${JSON.stringify(doubts)}::jsonb)
          as r("messageNo" bigint, fence int, reason text, evidence text)),
      moved as (
        update messages m set state = 'UNKNOWN', state_reason = r.reason, attempts = m.attempts + 1,
          owner = null, lease_until = null, changed_at = now()
        from r where m.message_no = r."messageNo" and m.fence = r.fence and m.state = 'SUBMITTING'
        returning m.message_no)
      insert into attempts (message_no, fence, result, class, evidence)
      select r."messageNo", r.fence, 'unknown', r.reason, r.evidence from r join moved on moved.message_no = r."messageNo"`,
  );
}

/**
 * Gives claimed messages back unsent: after a refused intent or when the worker leaves. SUBMITTING is taken too: the sender knows
 * that nothing went out when an intent's commit was answered too late.
 */
export async function giveBackClaims(db: Db, messages: readonly AttemptRef[]): Promise<void> {
  if (messages.length === 0) return;
  await db.raw(
    `update messages m set state = 'PLANNED', owner = null, lease_until = null, changed_at = now()
     from unnest(cast(:messageNos as bigint[]), cast(:fences as int[])) as r(message_no, fence)
     where m.message_no = r.message_no and m.fence = r.fence and m.state in ('CLAIMED', 'SUBMITTING')`,
    { messageNos: messages.map((one) => one.messageNo), fences: messages.map((one) => one.fence) },
  );
}

/** Marks push subscriptions that their service called gone. */
export async function markGone(trx: Knex.Transaction, subscriptionNos: readonly number[]): Promise<void> {
  if (subscriptionNos.length === 0) return;
  await rows(
    trx,
    sql`update push_subscriptions set gone_at = now()
      where subscription_no = any(${[...subscriptionNos]}::bigint[]) and gone_at is null`,
  );
}
