import type { Db } from '../../db/connect.ts';
import { recordAudit } from '../../db/queries/audit.ts';
import { findLogin, updatePerson, type PersonRow } from '../../db/queries/people.ts';
import {
  findSession,
  insertSession,
  openSessions,
  revokeSessions,
  type SessionLine,
  type SessionRow,
} from '../../db/queries/sessions.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import { checkPassword } from './people.ts';
import { hashPassword, isPassword, newToken, tokenHash } from './secrets.ts';

export type { SessionLine, SessionRow } from '../../db/queries/sessions.ts';

/** A working day and a little more; then the password is asked for again. */
const SESSION_HOURS = 12;

/** What the browser gets: `token` for the cookie, once. */
export interface OpenedSession {
  token: string;
  csrfToken: string;
  expiresAt: Date;
  person: PersonRow;
}

/** Logs somebody in; null for a wrong login or password, a disabled account, or a demo account from another machine. */
export async function logIn(input: {
  db: Db;
  login: string;
  password: string;
  userAgent: string | null;
  fromLoopback: boolean;
}): Promise<OpenedSession | null> {
  const { db, fromLoopback, userAgent } = input;
  const found = await findLogin(db, input.login);
  const right = await isPassword(found?.passwordHash, input.password);
  if (!found || !right || found.disabledAt !== null || (found.loopbackOnly && !fromLoopback)) return null;
  const { passwordHash: _, ...person } = found;
  return openSession({ db, person, userAgent });
}

/** Opens a session for a person who has proved who they are. */
export async function openSession(input: {
  db: Db;
  person: PersonRow;
  userAgent: string | null;
}): Promise<OpenedSession> {
  const { db, person } = input;
  const [token, csrfToken] = [newToken(), newToken()];
  const userAgent = input.userAgent?.slice(0, 200) ?? null;
  const { expiresAt } = await insertSession(db, {
    personNo: person.personNo,
    tokenHash: tokenHash(token),
    csrfToken,
    userAgent,
    hours: SESSION_HOURS,
  });
  await recordAudit(db, { actor: `console:${person.login}`, action: 'session.open', subject: person.login });
  return { token, csrfToken, expiresAt, person };
}

/** The session of a cookie; undefined where it has ended. */
export function sessionOf(db: Db, token: string): Promise<SessionRow | undefined> {
  return findSession(db, tokenHash(token));
}

/** Where a person is logged in. */
export function sessionsOf(db: Db, personNo: number): Promise<SessionLine[]> {
  return openSessions(db, personNo);
}

/** Ends sessions of a person: one, or all besides one; returns how many. */
export async function endSessions(input: {
  db: Db;
  person: Pick<PersonRow, 'personNo' | 'login'>;
  sessionNo?: number;
  exceptSessionNo?: number;
  actor: string;
}): Promise<number> {
  const { db, person, actor, sessionNo, exceptSessionNo } = input;
  const ended = await revokeSessions(db, {
    personNo: person.personNo,
    ...(sessionNo !== undefined && { sessionNo }),
    ...(exceptSessionNo !== undefined && { exceptSessionNo }),
  });
  if (ended > 0) {
    await recordAudit(db, { actor, action: 'session.end', subject: person.login, details: { sessions: ended } });
  }
  return ended;
}

/** Changes the own password and logs out everywhere else. Throws BadInput where the old one is wrong or the new one weak. */
export async function changePassword(input: {
  db: Db;
  person: PersonRow;
  sessionNo: number;
  current: string;
  next: string;
}): Promise<void> {
  const { db, person } = input;
  const found = await findLogin(db, person.login);
  if (!(await isPassword(found?.passwordHash, input.current))) {
    throw new RecallwaveError('BadInput', 'the present password is wrong', 'type the one you logged in with');
  }
  checkPassword(input.next, person.login);
  await updatePerson(db, person.personNo, { passwordHash: await hashPassword(input.next) });
  const actor = `console:${person.login}`;
  await endSessions({ db, person, exceptSessionNo: input.sessionNo, actor });
  await recordAudit(db, { actor, action: 'person.password', subject: person.login });
}
