import type { Actor } from '../../domain/actor.ts';
import type { RefusableCategory } from '../../domain/words.ts';
import type { Db } from '../connect.ts';
import { raw, rows, sql } from '../sql.ts';
import { liftSuppression } from './suppressions.ts';
import { type OptOutChannel, optOutOfChannel, recordUnsubscribe } from './unsubscribe.ts';

/** What a person can turn on and off. */
export interface PreferenceChanges {
  channels: { channel: OptOutChannel; on: boolean }[];
  categories: { category: RefusableCategory; on: boolean }[];
}

/** The recipient of a delivery with what he gets now. */
export interface PreferenceRow {
  userNo: number;
  campaignId: string;
  locale: string | null;
  refused: RefusableCategory[];
  channels: {
    channel: OptOutChannel;
    /** There is an address or a device, or a consent. */
    known: boolean;
    on: boolean;
    /** Suppressed for another reason than the person's own word: only people at work can lift that. */
    blocked: boolean;
  }[];
}

const OWN_WORD = 'unsubscribe';

/** The preferences behind a delivery; null where there is no such message, or the user has been erased. */
export async function preferencesOf(db: Db, deliveryId: string): Promise<PreferenceRow | null> {
  const [found] = await rows<PreferenceRow>(
    db,
    sql`select m.user_no as "userNo", m.campaign_id as "campaignId", u.locale, u.refused_categories as refused, (
        select json_agg(json_build_object('channel', k.channel, 'known', k.known or coalesce(k.consent, false),
          'on', coalesce(k.consent, false) and not s.own and not s.blocked, 'blocked', s.blocked) order by k.place)
        from (values (1, 'email', u.email is not null, u.consent_email, lower(u.email)),
            (2, 'sms', u.phone is not null, u.consent_sms, u.phone),
            (3, 'push', exists (select from push_subscriptions p where p.user_no = u.user_no and p.gone_at is null), u.consent_push,
              null)) as k(place, channel, known, consent, address)
        cross join lateral (
          select coalesce(bool_or(x.reason = ${OWN_WORD} and x.channel = k.channel), false) as own,
            coalesce(bool_or(x.reason <> ${OWN_WORD} or x.channel = 'all'), false) as blocked
          from (select reason, channel from suppressions
              where user_no = u.user_no and lifted_at is null and channel in (k.channel, 'all')
            union all select reason, channel from suppressions
              where address = k.address and lifted_at is null and channel in (k.channel, 'all')) x) s) as channels
      from messages m join users u on u.user_no = m.user_no
      where m.delivery_id = ${deliveryId} and u.erased_at is null`,
  );
  return found ?? null;
}

/**
 * Puts changes in force for every claim and intent that follows, in one transaction: a channel turned off is an opt-out like that
 * of its unsubscribe link; one turned on is a consent, and lifts the person's own opt-out and nothing else. What is turned off
 * counts as the outcome `unsubscribe` of the delivery, once.
 */
export async function recordPreferences(
  db: Db,
  input: { deliveryId: string; recipient: PreferenceRow; changes: PreferenceChanges; actor: Actor },
): Promise<void> {
  const { recipient, changes, actor } = input;
  const { userNo, campaignId } = recipient;
  await db.transaction(async (trx) => {
    // Two pages at once take turns.
    await rows(trx, sql`select from users where user_no = ${userNo} for no key update`);
    for (const { channel, on } of changes.channels) {
      if (on) await consentTo(trx, { userNo, channel, actor });
      else await optOutOfChannel(trx, { userNo, channel, source: 'preferences', actor });
    }
    for (const { category, on } of changes.categories) await setCategory(trx, { userNo, category, on, actor });
    const off = [...changes.channels, ...changes.categories].filter((change) => !change.on);
    if (off.length === 0) return;
    const refused = off.map((change) => ('channel' in change ? change.channel : change.category));
    const properties = { campaign: campaignId, refused, how: 'preferences' };
    await recordUnsubscribe(trx, { deliveryId: input.deliveryId, userNo, properties, actor });
  });
}

async function consentTo(trx: Db, input: { userNo: number; channel: OptOutChannel; actor: Actor }): Promise<void> {
  const { userNo, channel, actor } = input;
  const change = { subject: { userNo }, channel, reason: 'turned on by the person', actor };
  await liftSuppression(trx, { ...change, only: OWN_WORD });
  const column = raw(`consent_${channel}`);
  await rows(
    trx,
    sql`with changed as (
        update users set ${column} = true where user_no = ${userNo} and ${column} is distinct from true returning user_no)
      insert into consents (user_no, channel, granted, source, actor)
      select user_no, ${channel}, true, 'preferences', ${actor} from changed`,
  );
}

async function setCategory(
  trx: Db,
  input: { userNo: number; category: RefusableCategory; on: boolean; actor: Actor },
): Promise<void> {
  const { userNo, category, on, actor } = input;
  await rows(
    trx,
    sql`with changed as (
        update users set refused_categories = array_remove(refused_categories, ${category})
          || case when ${on} then '{}'::text[] else array[${category}::text] end
        where user_no = ${userNo} and (${category} = any(refused_categories)) = ${on} returning user_no)
      insert into consents (user_no, category, granted, source, actor)
      select user_no, ${category}, ${on}, 'preferences', ${actor} from changed`,
  );
}
