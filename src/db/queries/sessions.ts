import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';
import type { PersonRow } from './people.ts';

/** A session with its person. */
export interface SessionRow {
  sessionNo: number;
  csrfToken: string;
  expiresAt: Date;
  person: PersonRow;
}

/** A session as its owner sees it in a list. */
export interface SessionLine {
  sessionNo: number;
  userAgent: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
}

/** Opens a session for `hours`. */
export async function insertSession(
  db: Db,
  input: { personNo: number; tokenHash: Buffer; csrfToken: string; userAgent: string | null; hours: number },
): Promise<{ sessionNo: number; expiresAt: Date }> {
  const [row] = await rows<{ sessionNo: number; expiresAt: Date }>(
    db,
    sql`insert into sessions (person_no, token_hash, csrf_token, user_agent, expires_at)
      values (${input.personNo}, ${input.tokenHash}, ${input.csrfToken}, ${input.userAgent},
        now() + ${input.hours}::float8 * interval '1 hour')
      returning session_no as "sessionNo", expires_at as "expiresAt"`,
  );
  if (!row) throw new Error('an insert returned no row');
  return row;
}

/** The open session of a token's hash whose person is enabled; notes at most once a minute that it was seen. */
export async function findSession(db: Db, tokenHash: Buffer): Promise<SessionRow | undefined> {
  const [row] = await rows<SessionRow & { stale: boolean }>(
    db,
    sql`select s.session_no as "sessionNo", s.csrf_token as "csrfToken", s.expires_at as "expiresAt",
        s.last_seen_at < now() - interval '1 minute' as stale,
        json_build_object('personNo', p.person_no, 'login', p.login, 'name', p.name, 'role', p.role, 'locale', p.locale,
          'timezone', p.timezone, 'loopbackOnly', p.loopback_only, 'createdAt', p.created_at, 'disabledAt', null) as person
      from sessions s join people p on p.person_no = s.person_no
      where s.token_hash = ${tokenHash} and s.revoked_at is null and s.expires_at > now() and p.disabled_at is null`,
  );
  if (!row) return undefined;
  const { stale, ...session } = row;
  if (stale) await rows(db, sql`update sessions set last_seen_at = now() where session_no = ${session.sessionNo}`);
  return { ...session, person: { ...session.person, createdAt: new Date(session.person.createdAt) } };
}

/** The open sessions of a person, the one seen last first. */
export function openSessions(db: Db, personNo: number): Promise<SessionLine[]> {
  return rows(
    db,
    sql`select session_no as "sessionNo", user_agent as "userAgent", created_at as "createdAt", last_seen_at as "lastSeenAt",
        expires_at as "expiresAt"
      from sessions where person_no = ${personNo} and revoked_at is null and expires_at > now()
      order by last_seen_at desc, session_no desc`,
  );
}

/** Ends sessions of a person: one, or all besides `exceptSessionNo`; returns how many. */
export async function revokeSessions(
  db: Db,
  input: { personNo: number; sessionNo?: number; exceptSessionNo?: number },
): Promise<number> {
  const ended = await rows(
    db,
    sql`update sessions set revoked_at = now() where person_no = ${input.personNo} and revoked_at is null
        and (${input.sessionNo ?? null}::bigint is null or session_no = ${input.sessionNo ?? null})
        and session_no is distinct from ${input.exceptSessionNo ?? null}::bigint
      returning session_no`,
  );
  return ended.length;
}
