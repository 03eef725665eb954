import type { Actor } from '../../domain/actor.ts';
import type { Db } from '../connect.ts';
import { raw, rows, sql } from '../sql.ts';
import { addSuppression } from './suppressions.ts';

/** Channels that have an opt-out of their own. */
export type OptOutChannel = 'email' | 'sms' | 'push';

/** The recipient of a delivery, as the opt-out needs him. */
export interface OptOutRecipient {
  messageNo: number;
  userNo: number;
  campaignId: string;
  channel: OptOutChannel;
  locale: string | null;
  /** Nothing goes to him on this channel any more. */
  optedOut: boolean;
}

/** Who a delivery went to; null where there is no such message or user. A task's opt-out is one from e-mail. */
export async function optOutRecipient(db: Db, deliveryId: string): Promise<OptOutRecipient | null> {
  const [found] = await rows<OptOutRecipient>(
    db,
    sql`select m.message_no as "messageNo", m.user_no as "userNo", m.campaign_id as "campaignId", u.locale, k.channel,
        exists (select from suppressions s where s.user_no = m.user_no and s.lifted_at is null
          and s.channel in (k.channel, 'all')) as "optedOut"
      from messages m join users u on u.user_no = m.user_no
        cross join lateral (select case m.channel when 'task' then 'email' else m.channel end as channel) k
      where m.delivery_id = ${deliveryId}`,
  );
  return found ?? null;
}

/**
 * Opts the recipient of a delivery out of its channel in one transaction: suppression by user and address, consent withdrawn,
 * the outcome `unsubscribe` (once per delivery), audit. Repeating it changes nothing; an opt-in since then is withdrawn again.
 */
export async function recordOptOut(
  db: Db,
  input: { deliveryId: string; recipient: OptOutRecipient; how: 'one_click' | 'page'; actor: Actor },
): Promise<void> {
  const { deliveryId, recipient, how, actor } = input;
  const { userNo, channel, campaignId } = recipient;
  await db.transaction(async (trx) => {
    await optOutOfChannel(trx, { userNo, channel, source: 'link', actor });
    await recordUnsubscribe(trx, { deliveryId, userNo, properties: { campaign: campaignId, channel, how }, actor });
  });
}

interface ChannelOptOut {
  userNo: number;
  channel: OptOutChannel;
  /** Of the consent that is withdrawn. */
  source: 'link' | 'preferences';
  actor: Actor;
}

/** Withdraws the consent to a channel and suppresses user and address on it; in the caller's transaction. */
export async function optOutOfChannel(trx: Db, input: ChannelOptOut): Promise<void> {
  const { userNo, channel, actor } = input;
  await withdrawConsent(trx, input);
  await addSuppression(trx, { subject: { userNo }, channel, reason: 'unsubscribe', actor });
}

/** The outcome `unsubscribe` of a delivery, once; in the caller's transaction. */
export async function recordUnsubscribe(
  trx: Db,
  input: { deliveryId: string; userNo: number; properties: Record<string, unknown>; actor: Actor },
): Promise<void> {
  await rows(
    trx,
    sql`insert into events (event_id, user_id, user_no, type, occurred_at, properties, actor)
      select ${`unsubscribe:${input.deliveryId}`}, user_id, user_no, 'unsubscribe', now(),
        ${JSON.stringify(input.properties)}::jsonb, ${input.actor}
      from users where user_no = ${input.userNo}
      on conflict (event_id) do nothing`,
  );
}

// The row of the user goes first: two clicks at once take turns, and the second finds nothing left to withdraw.
async function withdrawConsent(trx: Db, input: ChannelOptOut): Promise<void> {
  const column = raw(`consent_${input.channel}`);
  const changed = await rows(
    trx,
    sql`update users set ${column} = false where user_no = ${input.userNo} and ${column} is distinct from false
      returning user_no`,
  );
  if (changed.length === 0) return;
  await rows(
    trx,
    sql`insert into consents (user_no, channel, granted, source, actor)
      values (${input.userNo}, ${input.channel}, false, ${input.source}, ${input.actor})`,
  );
}
