import type { RefusableCategory } from '../../domain/words.ts';
import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';

/** A user as imported. */
export interface UserRow {
  userNo: number;
  userId: string;
  email: string | null;
  phone: string | null;
  locale: string | null;
  timezone: string | null;
  consentEmail: boolean | null;
  consentSms: boolean | null;
  consentPush: boolean | null;
  /** Categories that he wants nothing of, on whatever channel. */
  refusedCategories: RefusableCategory[];
  attributes: Record<string, unknown>;
  importedAt: Date;
}

/** A change of consent to a channel or to a category. */
export interface ConsentRow {
  /** null: the consent is to a category, on all channels. */
  channel: 'email' | 'sms' | 'push' | null;
  category: RefusableCategory | null;
  granted: boolean;
  source: string;
  actor: string;
  at: Date;
}

/** The user of an id, or undefined. */
export async function findUser(db: Db, userId: string): Promise<UserRow | undefined> {
  const found = await rows<UserRow>(
    db,
    sql`select user_no as "userNo", user_id as "userId", email, phone, locale, timezone, consent_email as "consentEmail",
        consent_sms as "consentSms", consent_push as "consentPush", refused_categories as "refusedCategories", attributes, imported_at as "importedAt"
      from users where user_id = ${userId}`,
  );
  return found[0];
}

/** Up to five ids that begin like `userId`, the longest common beginning first, or that differ in case only. */
export async function nearUserIds(db: Db, userId: string): Promise<string[]> {
  for (let length = userId.length; length > 0; length--) {
    const found = await rows<{ user_id: string }>(
      db,
      sql`select user_id from users where lower(user_id) like ${`${escapeLike(userId.slice(0, length).toLowerCase())}%`}
        order by length(user_id), user_id limit 5`,
    );
    if (found.length > 0) return found.map((row) => row.user_id);
  }
  return [];
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`);
}

/** Every change of a user's consent, oldest first. */
export function consentHistory(db: Db, userNo: number): Promise<ConsentRow[]> {
  return rows(
    db,
    sql`select channel, category, granted, source, actor, at from consents where user_no = ${userNo} order by consent_no`,
  );
}

/** Push subscriptions of a user that are still there. */
export async function countPushSubscriptions(db: Db, userNo: number): Promise<number> {
  const [row] = await rows<{ n: number }>(
    db,
    sql`select count(*)::int as n from push_subscriptions where user_no = ${userNo} and gone_at is null`,
  );
  return row?.n ?? 0;
}

/** An event of a user. */
export interface EventRow {
  type: string;
  occurredAt: Date;
  valueMinor: number | null;
  currency: string | null;
}

/** Events of a user since a moment, oldest first. */
export function eventsSince(db: Db, input: { userNo: number; since: Date; limit: number }): Promise<EventRow[]> {
  return rows(
    db,
    sql`select type, occurred_at as "occurredAt", value_minor as "valueMinor", currency from events
      where user_no = ${input.userNo} and occurred_at > ${input.since} order by occurred_at limit ${input.limit}`,
  );
}
