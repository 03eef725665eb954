import type { Knex } from 'knex';
import type { Db } from '../../db/connect.ts';
import { recordAudit } from '../../db/queries/audit.ts';
import {
  findInvitation,
  insertInvitation,
  openInvitations,
  revokeInvitations,
  useInvitation,
  type InvitationRow,
} from '../../db/queries/invitations.ts';
import { hasAdmin, updatePerson, type PersonRow } from '../../db/queries/people.ts';
import { revokeSessions } from '../../db/queries/sessions.ts';
import type { Actor } from '../../domain/actor.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import type { Role } from '../../domain/roles.ts';
import { addPerson, checkPassword, mustFindPerson } from './people.ts';
import { hashPassword, newToken, tokenHash } from './secrets.ts';

export type { InvitationRow } from '../../db/queries/invitations.ts';

const INVITATION_HOURS = 72;
const FIRST_ADMIN: Actor = 'system:first-admin';

const ENDED = new RecallwaveError('NotFound', 'this link was used, withdrawn, or has expired', 'ask for a new one');

/** A one-time link for a new person, or (personNo) for a new password of one. The token is shown this once. */
export async function invite(input: {
  db: Db;
  role: Role;
  personNo?: number;
  actor: Actor;
}): Promise<{ token: string; invitation: InvitationRow }> {
  const { db, actor } = input;
  const person = input.personNo === undefined ? null : await mustFindPerson(db, input.personNo);
  const token = newToken();
  if (person) await revokeInvitations(db, { personNo: person.personNo });
  const invitation = await insertInvitation(db, {
    tokenHash: tokenHash(token),
    role: person?.role ?? input.role,
    personNo: person?.personNo ?? null,
    hours: INVITATION_HOURS,
    actor,
  });
  const details = { invitationNo: invitation.invitationNo, role: invitation.role };
  await recordAudit(db, { actor, action: 'person.invite', subject: person?.login ?? 'new person', details });
  return { token, invitation };
}

/** The token of a fresh link for the first admin, the one before it withdrawn; null where there is an admin. */
export async function inviteFirstAdmin(db: Db): Promise<string | null> {
  if (await hasAdmin(db)) return null;
  await revokeInvitations(db, { actor: FIRST_ADMIN });
  return (await invite({ db, role: 'admin', actor: FIRST_ADMIN })).token;
}

/** What an open link offers. Throws NotFound where it is over. */
export async function lookAtInvitation(db: Db, token: string): Promise<{ role: Role; login: string | null }> {
  const invitation = await findInvitation(db, tokenHash(token));
  if (!invitation) throw ENDED;
  const { role, personNo } = invitation;
  return { role, login: personNo === null ? null : (await mustFindPerson(db, personNo)).login };
}

/** Uses a link: makes the account, or gives it the new password and logs it out everywhere. Throws NotFound, BadInput. */
export async function acceptInvitation(input: {
  db: Knex;
  token: string;
  login: string;
  name: string;
  password: string;
  locale: string;
  timezone: string;
}): Promise<PersonRow> {
  return input.db.transaction(async (trx) => {
    const invitation = await useInvitation(trx, tokenHash(input.token));
    if (!invitation) throw ENDED;
    if (invitation.personNo === null) {
      return addPerson({ ...input, db: trx, role: invitation.role, actor: invitation.actor });
    }
    const person = await mustFindPerson(trx, invitation.personNo);
    checkPassword(input.password, person.login);
    await revokeSessions(trx, { personNo: person.personNo });
    const changed = await updatePerson(trx, person.personNo, { passwordHash: await hashPassword(input.password) });
    await recordAudit(trx, { actor: `console:${person.login}`, action: 'person.password', subject: person.login });
    return changed ?? person;
  });
}

/** Links that could still be used. */
export function listInvitations(db: Db): Promise<InvitationRow[]> {
  return openInvitations(db);
}

/** Withdraws a link; false where it was over already. */
export async function withdrawInvitation(input: { db: Db; invitationNo: number; actor: Actor }): Promise<boolean> {
  const { db, invitationNo, actor } = input;
  const ended = (await revokeInvitations(db, { invitationNo })) > 0;
  if (ended) await recordAudit(db, { actor, action: 'person.uninvite', subject: `invitation ${invitationNo}` });
  return ended;
}
