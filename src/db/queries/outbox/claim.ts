import type { Db } from '../../connect.ts';
import type { Knex } from 'knex';
import type { ChannelName } from '../../../domain/words.ts';
import type { CountedContact } from '../../../policy/caps.ts';
import type { Verdict } from '../../../policy/recheck.ts';
import { rows, sql } from '../../sql.ts';
import { lockUserBuckets } from '../user-locks.ts';
import { factsOfClaimed } from './claim-facts.ts';
import type { OutboxPart } from './gate.ts';
import { lockMoney } from './release.ts';
import { settleUnsent, type UnsentMessage } from './settle.ts';

/** A claimed message with all that its checks and its texts need. Personal data: never logged. */
export interface ClaimedMessage {
  messageNo: number;
  fence: number;
  deliveryId: string;
  userNo: number;
  userId: string;
  action: string;
  kind: string;
  arm: string;
  step: number;
  channel: ChannelName;
  expiresAt: Date;
  attempts: number;
  stateReason: string | null;
  costMinor: number;
  codeNo: number | null;
  coupon: string | null;
  email: string | null;
  phone: string | null;
  locale: string | null;
  timezone: string | null;
  consents: boolean;
  attributes: Record<string, unknown>;
  segment: string;
  reasons: string[];
  suppressed: boolean;
  /** The user wants nothing of the message's category. */
  refused: boolean;
  returned: boolean;
  subscriptions: ClaimedSubscription[];
  history: CountedContact[];
}

/** A push subscription that is still there. */
export interface ClaimedSubscription {
  subscriptionNo: number;
  kind: 'webpush' | 'fcm';
  endpoint: string;
  p256dh: string | null;
  auth: string | null;
}

/** Which messages to claim, for whom, and what their checks look at. */
export interface ClaimInput extends OutboxPart {
  range: { from: number; to: number };
  limit: number;
  owner: string;
  leaseSeconds: number;
  /** The business clock: what is due, and the moment at which caps count the message. */
  now: Date;
  returnEvents: readonly string[];
  /** How far back caps look; null: no cap can stop these messages. */
  historySince: Date | null;
}

/** Result of one claim: what may go out, what was settled unsent, and whether anything was due at all. */
export interface ClaimedBatch {
  toSend: { message: ClaimedMessage; notAfter: Date }[];
  settled: number;
  due: number;
}

/**
 * Claims due messages of a range and settles those that may not go out, in one transaction under the locks of their users: caps
 * are exact whatever else runs (docs/design.md, Locks). `decide` gives the verdict on each.
 */
export async function claimBatch(
  db: Db,
  input: ClaimInput,
  decide: (message: ClaimedMessage) => Verdict,
): Promise<ClaimedBatch> {
  return db.transaction(async (trx) => {
    const due = await peekDue(trx, input);
    if (due.length === 0) return { toSend: [], settled: 0, due: 0 };
    await lockUserBuckets(
      trx,
      due.map((row) => row.user_no),
    );
    if (due.some((row) => row.cost_minor > 0)) await lockMoney(trx, [input.waveNo]);
    await markClaimed(trx, { ...input, messageNos: due.map((row) => row.message_no) });
    const messages = await factsOfClaimed(trx, { ...input, messageNos: due.map((row) => row.message_no) });
    const toSend: ClaimedBatch['toSend'] = [];
    const unsent: UnsentMessage[] = [];
    for (const message of messages) {
      const verdict = decide(message);
      if (verdict.kind === 'send') toSend.push({ message, notAfter: verdict.notAfter });
      else unsent.push({ message, verdict });
    }
    await settleUnsent(trx, input.waveNo, unsent);
    return { toSend, settled: unsent.length, due: due.length };
  });
}

interface DueRow {
  message_no: number;
  user_no: number;
  cost_minor: number;
}

// Not locked: the user buckets come first, and the UPDATE looks at the state again.
function peekDue(trx: Knex.Transaction, input: ClaimInput): Promise<DueRow[]> {
  return rows(
    trx,
    sql`select message_no, user_no, cost_minor from messages
      where wave_no = ${input.waveNo} and message_no between ${input.range.from} and ${input.range.to}
        and step = ${input.step} and channel = ${input.channel}
        and state = 'PLANNED' and planned_at <= ${input.now}
      order by message_no limit ${input.limit}`,
  );
}

async function markClaimed(trx: Knex.Transaction, input: ClaimInput & { messageNos: number[] }): Promise<void> {
  await rows(
    trx,
    sql`update messages set state = 'CLAIMED', owner = ${input.owner}, fence = fence + 1,
        lease_until = clock_timestamp() + make_interval(secs => ${input.leaseSeconds}::float8),
        counted_at = case when counted_at is null then null else ${input.now}::timestamptz end, changed_at = now()
      where message_no = any(${input.messageNos}::bigint[]) and state = 'PLANNED' and planned_at <= ${input.now}`,
  );
}
