import type { Actor } from '../../domain/actor.ts';
import type { Role } from '../../domain/roles.ts';
import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';

/** A person of the console. */
export interface PersonRow {
  personNo: number;
  login: string;
  name: string;
  role: Role;
  locale: string;
  timezone: string;
  loopbackOnly: boolean;
  createdAt: Date;
  disabledAt: Date | null;
}

const COLUMNS = sql`person_no as "personNo", login, name, role, locale, timezone, loopback_only as "loopbackOnly",
  created_at as "createdAt", disabled_at as "disabledAt"`;

/** What a new person starts with. */
export interface NewPerson {
  login: string;
  name: string;
  passwordHash: string;
  role: Role;
  locale: string;
  timezone: string;
  loopbackOnly: boolean;
  actor: Actor;
}

/** Adds a person; undefined where the login is taken. */
export async function insertPerson(db: Db, person: NewPerson): Promise<PersonRow | undefined> {
  const [row] = await rows<PersonRow>(
    db,
    sql`insert into people (login, name, password_hash, role, locale, timezone, loopback_only, actor)
      values (${person.login}, ${person.name}, ${person.passwordHash}, ${person.role}, ${person.locale}, ${person.timezone},
        ${person.loopbackOnly}, ${person.actor})
      on conflict (lower(login)) do nothing returning ${COLUMNS}`,
  );
  return row;
}

/** The person of a login, whatever its case, with the hash of the password. */
export async function findLogin(db: Db, login: string): Promise<(PersonRow & { passwordHash: string }) | undefined> {
  const [row] = await rows<PersonRow & { passwordHash: string }>(
    db,
    sql`select ${COLUMNS}, password_hash as "passwordHash" from people where lower(login) = lower(${login})`,
  );
  return row;
}

/** One person by number. */
export async function findPerson(db: Db, personNo: number): Promise<PersonRow | undefined> {
  return (await rows<PersonRow>(db, sql`select ${COLUMNS} from people where person_no = ${personNo}`))[0];
}

/** Everybody, in order of login. */
export function listPeopleRows(db: Db): Promise<PersonRow[]> {
  return rows(db, sql`select ${COLUMNS} from people order by lower(login)`);
}

/** True when somebody could administer: an enabled admin who may log in from anywhere. */
export async function hasAdmin(db: Db): Promise<boolean> {
  const found = await rows(
    db,
    sql`select from people where role = 'admin' and disabled_at is null and not loopback_only limit 1`,
  );
  return found.length > 0;
}

/** Enabled admins besides one person, locked so that two removals at once can't leave nobody. */
export async function otherAdmins(trx: Db, personNo: number): Promise<number> {
  const found = await rows(
    trx,
    sql`select person_no from people where role = 'admin' and disabled_at is null order by person_no for update`,
  );
  return found.filter((row) => (row as { person_no: number }).person_no !== personNo).length;
}

/** Changes a person; keys that are absent stay. */
export async function updatePerson(
  db: Db,
  personNo: number,
  change: Partial<Pick<PersonRow, 'name' | 'role' | 'locale' | 'timezone'>> & {
    passwordHash?: string;
    disabled?: boolean;
  },
): Promise<PersonRow | undefined> {
  const [row] = await rows<PersonRow>(
    db,
    sql`update people set
        name = coalesce(${change.name ?? null}::text, name),
        role = coalesce(${change.role ?? null}::text, role),
        locale = coalesce(${change.locale ?? null}::text, locale),
        timezone = coalesce(${change.timezone ?? null}::text, timezone),
        password_hash = coalesce(${change.passwordHash ?? null}::text, password_hash),
        disabled_at = case ${change.disabled ?? null}::boolean when true then coalesce(disabled_at, now())
          when false then null else disabled_at end
      where person_no = ${personNo} returning ${COLUMNS}`,
  );
  return row;
}
