import type { Knex } from 'knex';
import type { ChannelName } from '../../../domain/words.ts';
import { raw, rows, sql, type Sql } from '../../sql.ts';
import { allReasons } from '../answered-reasons.ts';
import type { ClaimedMessage, ClaimInput } from './claim.ts';

const CONSENT: Record<ChannelName, Sql> = {
  email: raw('coalesce(u.consent_email, false)'),
  sms: raw('coalesce(u.consent_sms, false)'),
  push: raw('coalesce(u.consent_push, false)'),
  task: raw('true'),
};

/** The normalised address that suppressions are keyed by, beside the user. */
const ADDRESS: Record<ChannelName, Sql> = {
  email: raw('lower(u.email)'),
  sms: raw('u.phone'),
  push: raw('null::text'),
  task: raw('null::text'),
};

const SUBSCRIPTIONS = raw(`(
  select coalesce(json_agg(json_build_object('subscriptionNo', p.subscription_no, 'kind', p.kind, 'endpoint', p.endpoint,
    'p256dh', p.p256dh, 'auth', p.auth) order by p.subscription_no), '[]')
  from push_subscriptions p where p.user_no = m.user_no and p.gone_at is null)`);

type Row = Omit<ClaimedMessage, 'history'> & { history: [number, string, string, string | null][] | null };

/** The messages that this owner holds after its claim, with user, warning, coupon and cap history; in order of message_no. */
export async function factsOfClaimed(
  trx: Knex.Transaction,
  input: ClaimInput & { messageNos: number[] },
): Promise<ClaimedMessage[]> {
  const found = await rows<Row>(trx, factsQuery(input));
  return found.map((row) => ({
    ...row,
    history: (row.history ?? []).map(([at, channel, category, kind]) => ({
      at: new Date(at),
      channel,
      category,
      kind,
    })),
  }));
}

function factsQuery(input: ClaimInput & { messageNos: number[] }): Sql {
  const { channel } = input;
  return sql`
    select m.message_no as "messageNo", m.fence, m.delivery_id as "deliveryId", m.user_no as "userNo", u.user_id as "userId",
      m.action, m.kind, m.arm, m.step, m.channel, m.expires_at as "expiresAt", m.attempts, m.state_reason as "stateReason",
      m.cost_minor as "costMinor", m.code_no as "codeNo", cc.code as coupon, u.email, u.phone, u.locale, u.timezone,
      ${CONSENT[channel]} as consents, u.attributes, e.segment, 
      ${allReasons({ warned: raw(`coalesce(w.reasons, '{}')`), userNo: raw('m.user_no'), at: raw('e.opened_at') })} as reasons,
      m.category = any(u.refused_categories) as refused,
      exists (select from suppressions s where s.user_no = m.user_no and s.lifted_at is null and s.channel in (${channel}, 'all'))
        or exists (select from suppressions s where s.address = ${ADDRESS[channel]} and s.lifted_at is null
          and s.channel in (${channel}, 'all')) as suppressed,
      exists (select from events ev where ev.user_no = m.user_no and ev.occurred_at > e.opened_at
        and ev.occurred_at <= ${input.now} and ev.type = any(${input.returnEvents}::text[])) as returned,
      ${channel === 'push' ? SUBSCRIPTIONS : raw(`'[]'::json`)} as subscriptions,
      ${input.historySince === null ? raw('null::json') : history(input.now, input.historySince)} as history
    from messages m
    join users u on u.user_no = m.user_no
    join entries e on e.entry_no = m.entry_no
    left join warnings w on w.warning_no = e.warning_no
    left join coupon_codes cc on cc.code_no = m.code_no
    where m.message_no = any(${input.messageNos}::bigint[]) and m.state = 'CLAIMED' and m.owner = ${input.owner}
    order by m.message_no`;
}

/**
 * What caps count for the user beside this message. What another worker has in hand counts now: it will be accepted on this side
 * of midnight or the other. What was sent counts at the latest now: a clock may run ahead of ours, and caps look back only.
 */
function history(now: Date, since: Date): Sql {
  return sql`(
    select json_agg(json_build_array(extract(epoch from h.at) * 1000, h.channel, h.category, h.kind)) from (
      select case when o.state in ('PLANNED', 'DEFERRED') then o.counted_at when o.state in ('CLAIMED', 'SUBMITTING')
          then ${now}::timestamptz else least(o.counted_at, ${now}::timestamptz) end as at,
        o.channel, o.category, o.kind
      from messages o where o.user_no = m.user_no and o.counted_at > ${since} and o.message_no <> m.message_no
      union all
      select k.sent_at, k.channel, k.category, null from contacts k where k.user_no = m.user_no and k.sent_at > ${since}
    ) h)`;
}
