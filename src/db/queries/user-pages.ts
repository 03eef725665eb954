import type { Assignment } from '../../domain/words.ts';
import type { Db } from '../connect.ts';
import { raw, rows, sql, type Sql } from '../sql.ts';
import { beginsWith } from './audit-pages.ts';

/** A user in a list. */
export interface UserLine {
  userNo: number;
  userId: string;
  email: string | null;
  phone: string | null;
  locale: string | null;
  timezone: string | null;
  consentEmail: boolean | null;
  consentSms: boolean | null;
  consentPush: boolean | null;
  importedAt: Date;
  erasedAt: Date | null;
}

const LINE = `u.user_no as "userNo", u.user_id as "userId", u.email, u.phone, u.locale, u.timezone, u.consent_email as "consentEmail",
  u.consent_sms as "consentSms", u.consent_push as "consentPush", u.imported_at as "importedAt", u.erased_at as "erasedAt"`;

/** Users after a number, in order of import. */
export function usersAfter(db: Db, input: { afterNo: number; limit: number }): Promise<UserLine[]> {
  return rows(
    db,
    sql`select ${raw(LINE)} from users u where u.user_no > ${input.afterNo} order by u.user_no limit ${input.limit}`,
  );
}

/** What a search looks at, one after the other. */
export const SEARCHED = ['user_id', 'email', 'phone'] as const;
export type Searched = (typeof SEARCHED)[number];

const NAME: Record<Searched, Sql> = {
  user_id: raw('u.user_id'),
  email: raw('lower(u.email)'),
  phone: raw('u.phone'),
};

/** A user who was found by a name: his id, his address in lower case, or his number. */
export type FoundUser = UserLine & { name: string };

/**
 * Users whose `by` begins like `beginning`, in the order of bytes, after a name and number. Users that an earlier kind of name
 * finds are left out.
 */
export function usersNamed(
  db: Db,
  input: { by: Searched; beginning: string; after: { name: string; userNo: number } | null; limit: number },
): Promise<FoundUser[]> {
  const { by, beginning, after, limit } = input;
  const name = NAME[by];
  const earlier = SEARCHED.slice(0, SEARCHED.indexOf(by)).map(
    (other) => sql` and coalesce(${NAME[other]} not like ${beginsWith(inCase(other, beginning))}, true)`,
  );
  const others: Sql = { sql: earlier.map((one) => one.sql).join(''), bindings: earlier.flatMap((one) => one.bindings) };
  const onwards =
    after === null
      ? raw('')
      : sql` and ${name} ~>=~ ${after.name} and (${name} ~>~ ${after.name} or u.user_no > ${after.userNo})`;
  return rows(
    db,
    // Ordered by the operator of the index, so that a page reads no more rows than it shows.
    sql`select ${raw(LINE)}, ${name} as name from users u
      where ${name} like ${beginsWith(inCase(by, beginning))}${onwards}${others}
      order by ${name} using ~<~, u.user_no limit ${limit}`,
  );
}

function inCase(by: Searched, text: string): string {
  return by === 'email' ? text.toLowerCase() : text;
}

/** An entry of a user. */
export interface UserEntry {
  entryNo: number;
  campaignId: string;
  n: number;
  waveNo: number;
  version: number;
  segment: string;
  score: number;
  band: number;
  action: string;
  inInterval: boolean;
  assignment: Assignment;
  arm: string | null;
  drawnArm: string;
  openedAt: Date;
  windowEndsAt: Date;
  reentryAt: Date;
}

/** Every entry of a user in any campaign, newest first. */
export function entriesOfUser(db: Db, userNo: number): Promise<UserEntry[]> {
  // One look-up per campaign: entries are keyed by campaign first, and an index by user would cost every plan.
  return rows(
    db,
    sql`select e.entry_no as "entryNo", e.campaign_id as "campaignId", e.n, e.wave_no as "waveNo", e.version, e.segment, e.score,
        e.band::int as band, e.action, e.in_interval as "inInterval", e.assignment, e.arm, e.drawn_arm as "drawnArm",
        e.opened_at as "openedAt", e.window_ends_at as "windowEndsAt", e.reentry_at as "reentryAt"
      from campaigns c
      join lateral (select * from entries x where x.campaign_id = c.campaign_id and x.user_no = ${userNo} offset 0) e on true
      order by e.opened_at desc, e.entry_no desc`,
  );
}

/** When a user was erased; null: never. */
export async function erasedAt(db: Db, userNo: number): Promise<Date | null> {
  const [row] = await rows<{ at: Date | null }>(db, sql`select erased_at as at from users where user_no = ${userNo}`);
  return row?.at ?? null;
}
