import type { Knex } from 'knex';
import type { Verdict } from '../../../policy/recheck.ts';
import { rows, sql } from '../../sql.ts';
import type { ClaimedMessage } from './claim.ts';
import { giveBack, RESEND } from './release.ts';

/** A claimed message that may not go out, and why. */
export interface UnsentMessage {
  message: ClaimedMessage;
  verdict: Exclude<Verdict, { kind: 'send' }>;
}

const STATE = { defer: 'DEFERRED', suppress: 'SUPPRESSED', expire: 'EXPIRED', cancel: 'CANCELLED' } as const;

/**
 * Writes the verdicts on claimed messages. A deferral moves the reservation to its new moment (rule 9); every other verdict
 * gives it back, but for a second try of a message whose first may be out.
 */
export async function settleUnsent(
  trx: Knex.Transaction,
  waveNo: number,
  unsent: readonly UnsentMessage[],
): Promise<void> {
  if (unsent.length === 0) return;
  const verdicts = unsent.map(({ message, verdict }) => ({
    n: message.messageNo,
    f: message.fence,
    s: STATE[verdict.kind],
    r: verdict.reason,
    u: verdict.kind === 'defer' ? verdict.until.toISOString() : null,
    k: keepsReservation(message),
  }));
  const settled = await rows<{ message_no: number; campaign_id: string }>(
    trx,
    sql`update messages m set state = v.s, state_reason = case when v.k and v.s = 'DEFERRED' then m.state_reason else v.r end,
        planned_at = coalesce(v.u, m.planned_at),
        counted_at = case when m.counted_at is null then null when v.u is not null then v.u when v.k then m.counted_at end,
        owner = null, lease_until = null, changed_at = now()
      from jsonb_to_recordset(${JSON.stringify(verdicts)}::jsonb) as v(n bigint, f int, s text, r text, u timestamptz, k boolean)
      where m.message_no = v.n and m.fence = v.f and m.state = 'CLAIMED'
      returning m.message_no, m.campaign_id`,
  );
  const campaigns = new Map(settled.map((row) => [row.message_no, row.campaign_id]));
  const released = unsent.flatMap(({ message, verdict }) => {
    const campaignId = campaigns.get(message.messageNo);
    if (campaignId === undefined || verdict.kind === 'defer' || keepsReservation(message)) return [];
    return [{ campaignId, waveNo, costMinor: message.costMinor, codeNo: message.codeNo }];
  });
  await giveBack(trx, released);
}

function keepsReservation(message: ClaimedMessage): boolean {
  return message.stateReason === RESEND;
}
