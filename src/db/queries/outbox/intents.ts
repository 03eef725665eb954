import type { Db } from '../../connect.ts';

/** A claimed message whose body may go out next. */
export interface Intent {
  messageNo: number;
  fence: number;
  /** Of the user's allowed hours and of the message, whichever is first. */
  notAfter: Date;
}

interface MessageNoRow {
  message_no: number;
}

const INTENT = `
  update messages m set state = 'SUBMITTING', submitted_at = cast(:now as timestamptz), changed_at = now(),
    lease_until = clock_timestamp() + make_interval(secs => cast(:leaseSeconds as float8))
  from unnest(cast(:messageNos as bigint[]), cast(:fences as int[]), cast(:notAfters as timestamptz[]))
    as i(message_no, fence, not_after), users u
  where m.message_no = i.message_no and m.fence = i.fence and m.state = 'CLAIMED' and u.user_no = m.user_no
    and m.lease_until > clock_timestamp() + make_interval(secs => cast(:marginSeconds as float8))
    and m.expires_at > cast(:now as timestamptz) and i.not_after > cast(:now as timestamptz)
    and not exists (select from waves w where w.wave_no = m.wave_no
      and w.state in ('paused', 'halted', 'waiting_approval', 'aborted', 'failed', 'skipped'))
    and not exists (select from kill_switches k where k.released_at is null
      and (k.campaign_id is null or k.campaign_id = m.campaign_id))
    and case m.channel when 'email' then u.consent_email when 'sms' then u.consent_sms when 'push' then u.consent_push
      else true end
    and m.category <> all(u.refused_categories)
    and not exists (select from suppressions s where s.user_no = m.user_no and s.lifted_at is null
      and s.channel in (m.channel, 'all'))
    and not exists (select from suppressions s
      where s.address = case m.channel when 'email' then lower(u.email) when 'sms' then u.phone end
        and s.lifted_at is null and s.channel in (m.channel, 'all'))
  returning m.message_no`;

/**
 * Commits CLAIMED → SUBMITTING for all of `intents` in one statement and returns the message numbers that may go out. Asks once
 * more for everything that may have changed since the claim: lease and fence, pause, abort, kill switch, consent, refused
 * category, suppression, allowed hours, not-after. The lease starts anew, so that the whole of it is there for body and answer.
 */
export async function commitIntents(
  db: Db,
  input: { intents: readonly Intent[]; now: Date; marginSeconds: number; leaseSeconds: number },
): Promise<Set<number>> {
  const { rows } = (await db
    .raw(INTENT, {
      messageNos: input.intents.map((intent) => intent.messageNo),
      fences: input.intents.map((intent) => intent.fence),
      notAfters: input.intents.map((intent) => intent.notAfter.toISOString()),
      marginSeconds: input.marginSeconds,
      leaseSeconds: input.leaseSeconds,
      now: input.now,
    })
    .options({ name: 'outbox-intent' })) as { rows: MessageNoRow[] };
  return new Set(rows.map((row) => row.message_no));
}

/** Of these messages the ones in SUBMITTING at our fence: an intent whose commit was answered by silence did happen. */
export async function readSubmitting(db: Db, intents: readonly Intent[]): Promise<Set<number>> {
  const { rows } = await db.raw<{ rows: MessageNoRow[] }>(
    `select m.message_no from messages m
       join unnest(cast(:messageNos as bigint[]), cast(:fences as int[])) as i(message_no, fence)
         on m.message_no = i.message_no and m.fence = i.fence
     where m.state = 'SUBMITTING'`,
    { messageNos: intents.map((intent) => intent.messageNo), fences: intents.map((intent) => intent.fence) },
  );
  return new Set(rows.map((row) => row.message_no));
}

/** Extends the leases of claimed messages that still wait for their turn. */
export async function renewLeases(
  db: Db,
  input: { messages: readonly { messageNo: number; fence: number }[]; leaseSeconds: number },
): Promise<void> {
  await db.raw(
    `with mine as (
       select m.message_no from messages m
         join unnest(cast(:messageNos as bigint[]), cast(:fences as int[])) as i(message_no, fence)
           on m.message_no = i.message_no and m.fence = i.fence
       where m.state in ('CLAIMED', 'SUBMITTING') and m.lease_until > clock_timestamp()
       for update of m skip locked)
     update messages m set lease_until = clock_timestamp() + make_interval(secs => cast(:leaseSeconds as float8))
     from mine where m.message_no = mine.message_no and m.state in ('CLAIMED', 'SUBMITTING')`,
    {
      messageNos: input.messages.map((message) => message.messageNo),
      fences: input.messages.map((message) => message.fence),
      leaseSeconds: input.leaseSeconds,
    },
  );
}
