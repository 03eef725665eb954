import type { Actor } from '../../domain/actor.ts';
import type { ChannelName } from '../../domain/words.ts';
import type { Db } from '../connect.ts';
import { raw, rows, sql } from '../sql.ts';
import { recordAudit } from './audit.ts';

export type SuppressedChannel = ChannelName | 'all';

/** Whom a suppression is about: a user (his addresses are taken along, rule 14), or an address in its normal form. */
export type SuppressionSubject = { userNo: number } | { address: string };

/** A suppression row. */
export interface SuppressionRow {
  suppressionNo: number;
  userId: string | null;
  address: string | null;
  channel: SuppressedChannel;
  reason: string;
  actor: Actor;
  at: Date;
  liftedAt: Date | null;
}

const COLUMNS = `s.suppression_no as "suppressionNo", u.user_id as "userId", s.address, s.channel, s.reason, s.actor, s.at,
  s.lifted_at as "liftedAt"`;

interface Change {
  subject: SuppressionSubject;
  channel: SuppressedChannel;
  reason: string;
  actor: Actor;
}

/** The (user, address) pairs that a subject stands for on a channel. */
async function keysOf(db: Db, change: Change): Promise<{ userNo: number | null; address: string | null }[]> {
  if ('address' in change.subject) return [{ userNo: null, address: change.subject.address }];
  const { userNo } = change.subject;
  const [user] = await rows<{ email: string | null; phone: string | null }>(
    db,
    sql`select lower(email) as email, phone from users where user_no = ${userNo}`,
  );
  const addresses = [
    ...(change.channel === 'email' || change.channel === 'all' ? [user?.email] : []),
    ...(change.channel === 'sms' || change.channel === 'all' ? [user?.phone] : []),
  ].filter((address) => typeof address === 'string');
  return [{ userNo, address: null }, ...addresses.map((address) => ({ userNo: null, address }))];
}

/** Adds a suppression, in force for every claim and intent from its commit on; returns the rows added (0: it was there). */
export async function addSuppression(db: Db, change: Change): Promise<number> {
  return db.transaction(async (trx) => {
    const keys = await keysOf(trx, change);
    const added = await rows<{ suppression_no: number }>(
      trx,
      sql`insert into suppressions (user_no, address, channel, reason, actor)
        select k.user_no, k.address, ${change.channel}, ${change.reason}, ${change.actor}
        from jsonb_to_recordset(${keyJson(keys)}::jsonb) as k(user_no bigint, address text)
        on conflict do nothing returning suppression_no`,
    );
    if (added.length > 0) await writeAudit(trx, 'suppression.add', change);
    return added.length;
  });
}

/** Lifts what is in force for a subject and channel (`only`: for that reason); returns the number of rows lifted. */
export async function liftSuppression(db: Db, change: Change & { only?: string }): Promise<number> {
  return db.transaction(async (trx) => {
    const keys = await keysOf(trx, change);
    const lifted = await rows(
      trx,
      sql`update suppressions s set lifted_at = now()
        from jsonb_to_recordset(${keyJson(keys)}::jsonb) as k(user_no bigint, address text)
        where s.lifted_at is null and s.channel = ${change.channel}
          and (${change.only ?? null}::text is null or s.reason = ${change.only ?? null})
          and (s.user_no = k.user_no or s.address = k.address) returning suppression_no`,
    );
    if (lifted.length > 0) await writeAudit(trx, 'suppression.lift', change);
    return lifted.length;
  });
}

function keyJson(keys: readonly { userNo: number | null; address: string | null }[]): string {
  return JSON.stringify(keys.map((key) => ({ user_no: key.userNo, address: key.address })));
}

function writeAudit(trx: Db, action: string, change: Change): Promise<void> {
  const subject = 'userNo' in change.subject ? `user/${change.subject.userNo}` : 'address';
  return recordAudit(trx, {
    actor: change.actor,
    action,
    subject,
    details: { channel: change.channel, reason: change.reason },
  });
}

/** The newest suppressions first. */
export function listSuppressions(
  db: Db,
  filter: { channel?: SuppressedChannel | undefined; lifted: boolean; beforeNo?: number | null; limit: number },
): Promise<SuppressionRow[]> {
  return rows(
    db,
    sql`select ${raw(COLUMNS)} from suppressions s left join users u on u.user_no = s.user_no
      where (${filter.lifted} or s.lifted_at is null)
        and (${filter.channel ?? null}::text is null or s.channel = ${filter.channel ?? null})
        and (${filter.beforeNo ?? null}::bigint is null or s.suppression_no < ${filter.beforeNo ?? null})
      order by s.suppression_no desc limit ${filter.limit}`,
  );
}

/** Every suppression that ever was about a user, by himself or by one of his addresses, oldest first. */
export function suppressionHistory(db: Db, userNo: number): Promise<SuppressionRow[]> {
  return rows(
    db,
    sql`select ${raw(COLUMNS)} from users me
      join suppressions s on s.user_no = me.user_no or s.address in (lower(me.email), me.phone)
      left join users u on u.user_no = s.user_no
      where me.user_no = ${userNo} order by s.suppression_no`,
  );
}
