import type { Knex } from 'knex';
import type { Db } from '../../db/connect.ts';
import { recordAudit } from '../../db/queries/audit.ts';
import {
  findPerson,
  insertPerson,
  listPeopleRows,
  otherAdmins,
  updatePerson,
  type PersonRow,
} from '../../db/queries/people.ts';
import { revokeInvitations } from '../../db/queries/invitations.ts';
import { revokeSessions } from '../../db/queries/sessions.ts';
import type { Actor } from '../../domain/actor.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import { nearest } from '../../domain/nearest.ts';
import { ROLES, type Role } from '../../domain/roles.ts';
import { hashPassword } from './secrets.ts';

export type { PersonRow } from '../../db/queries/people.ts';

const LOGIN = /^[\p{L}\p{N}][\p{L}\p{N}._@+-]{0,63}$/u;
const SHORTEST_PASSWORD = 10;
const LONGEST_PASSWORD = 200;

/** Everybody who has an account. */
export function listPeople(db: Db): Promise<PersonRow[]> {
  return listPeopleRows(db);
}

/** Throws BadInput for a password that is too short, too long or the login. */
export function checkPassword(password: string, login: string): void {
  const length = [...password].length;
  if (length < SHORTEST_PASSWORD || length > LONGEST_PASSWORD) {
    throw new RecallwaveError(
      'BadInput',
      `the password has ${length} characters`,
      `use ${SHORTEST_PASSWORD} to ${LONGEST_PASSWORD}; a sentence is easy to remember`,
    );
  }
  if (password.toLowerCase().includes(login.toLowerCase())) {
    throw new RecallwaveError('BadInput', 'the password contains the login', 'choose another');
  }
}

/** Adds an account. Throws BadInput for a bad login or password, and where the login is taken. */
export async function addPerson(input: {
  db: Db;
  login: string;
  name: string;
  password: string;
  role: Role;
  locale?: string;
  timezone?: string;
  loopbackOnly?: boolean;
  actor: Actor;
}): Promise<PersonRow> {
  const { db, login, actor, role } = input;
  if (!LOGIN.test(login)) {
    const fix = 'use letters, digits and . _ @ + -, at most 64, beginning with a letter or digit';
    throw new RecallwaveError('BadInput', `"${login}" is no login`, fix);
  }
  checkPassword(input.password, login);
  const person = await insertPerson(db, {
    login,
    name: input.name.trim() === '' ? login : input.name.trim(),
    passwordHash: await hashPassword(input.password),
    role,
    locale: input.locale ?? 'en',
    timezone: input.timezone ?? 'UTC',
    loopbackOnly: input.loopbackOnly ?? false,
    actor,
  });
  if (!person) throw new RecallwaveError('BadInput', `the login "${login}" is taken`, 'choose another');
  await recordAudit(db, { actor, action: 'person.add', subject: login, details: { personNo: person.personNo, role } });
  return person;
}

/** The person, or NotFound. */
export async function mustFindPerson(db: Db, personNo: number): Promise<PersonRow> {
  const person = await findPerson(db, personNo);
  if (!person) throw new RecallwaveError('NotFound', `there is no person ${personNo}`, 'see the list of people');
  return person;
}

/** The person of a login or a number. Throws NotFound with the logins that there are. */
export async function namedPerson(db: Db, name: string): Promise<PersonRow> {
  const people = await listPeopleRows(db);
  const found = people.find(({ login }) => login === name) ?? people.find(({ personNo }) => String(personNo) === name);
  if (found) return found;
  const logins = people.map(({ login }) => login);
  const meant = nearest(name, logins);
  const fix = meant === undefined ? `there are: ${logins.slice(0, 20).join(', ') || 'none'}` : `did you mean ${meant}?`;
  throw new RecallwaveError('NotFound', `there is no person "${name}"`, fix);
}

/**
 * Changes role or state of an account; who loses rights is logged out everywhere. Throws NotFound, and BadInput where nobody
 * would be left to administer.
 */
export async function changePerson(input: {
  db: Knex;
  personNo: number;
  change: { role?: Role; disabled?: boolean; name?: string };
  actor: Actor;
}): Promise<PersonRow> {
  const { db, personNo, change, actor } = input;
  return db.transaction(async (trx) => {
    const admins = await otherAdmins(trx, personNo);
    const before = await mustFindPerson(trx, personNo);
    const role = change.role ?? before.role;
    const leaves = before.role === 'admin' && (role !== 'admin' || change.disabled === true);
    if (leaves && admins === 0) {
      throw new RecallwaveError('BadInput', `${before.login} is the last admin`, 'make somebody else admin first');
    }
    const after = await updatePerson(trx, personNo, change);
    if (!after) throw new RecallwaveError('NotFound', `there is no person ${personNo}`);
    if (change.disabled || ROLES.indexOf(role) < ROLES.indexOf(before.role)) {
      await revokeSessions(trx, { personNo });
      await revokeInvitations(trx, { personNo });
    }
    const details = { personNo, from: { role: before.role }, to: { role, disabled: after.disabledAt !== null } };
    await recordAudit(trx, { actor, action: 'person.change', subject: before.login, details });
    return after;
  });
}

/** Changes what a person may choose alone: name, language, zone. */
export async function changeOwnProfile(input: {
  db: Db;
  personNo: number;
  change: { name?: string; locale?: string; timezone?: string };
  actor: Actor;
}): Promise<PersonRow> {
  const { db, personNo, change, actor } = input;
  return db.transaction(async (trx) => {
    const after = await updatePerson(trx, personNo, change);
    if (!after) throw new RecallwaveError('NotFound', `there is no person ${personNo}`);
    const details = { personNo, changed: Object.keys(change) };
    await recordAudit(trx, { actor, action: 'person.profile', subject: after.login, details });
    return after;
  });
}
