import type { Actor } from '../../domain/actor.ts';
import type { Role } from '../../domain/roles.ts';
import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';

/** An open one-time link. `personNo` set: it gives that person a new password. */
export interface InvitationRow {
  invitationNo: number;
  role: Role;
  personNo: number | null;
  actor: Actor;
  createdAt: Date;
  expiresAt: Date;
}

const COLUMNS = sql`invitation_no as "invitationNo", role, person_no as "personNo", actor, created_at as "createdAt",
  expires_at as "expiresAt"`;
const OPEN = sql`used_at is null and revoked_at is null and expires_at > now()`;

/** Adds a link by the hash of its token. */
export async function insertInvitation(
  db: Db,
  input: { tokenHash: Buffer; role: Role; personNo: number | null; hours: number; actor: Actor },
): Promise<InvitationRow> {
  const [row] = await rows<InvitationRow>(
    db,
    sql`insert into invitations (token_hash, role, person_no, actor, expires_at)
      values (${input.tokenHash}, ${input.role}, ${input.personNo}, ${input.actor},
        now() + ${input.hours}::float8 * interval '1 hour')
      returning ${COLUMNS}`,
  );
  if (!row) throw new Error('an insert returned no row');
  return row;
}

/** The open link of a token's hash. */
export async function findInvitation(db: Db, tokenHash: Buffer): Promise<InvitationRow | undefined> {
  const found = await rows<InvitationRow>(
    db,
    sql`select ${COLUMNS} from invitations where token_hash = ${tokenHash} and ${OPEN}`,
  );
  return found[0];
}

/** Uses a link up; undefined where it is used, revoked, expired or unknown. */
export async function useInvitation(trx: Db, tokenHash: Buffer): Promise<InvitationRow | undefined> {
  const found = await rows<InvitationRow>(
    trx,
    sql`update invitations set used_at = now() where token_hash = ${tokenHash} and ${OPEN} returning ${COLUMNS}`,
  );
  return found[0];
}

/** Links that could still be used. */
export function openInvitations(db: Db): Promise<InvitationRow[]> {
  return rows(db, sql`select ${COLUMNS} from invitations where ${OPEN} order by invitation_no`);
}

/** Ends open links: one, all of a person, or those an actor made for a role; returns how many. */
export async function revokeInvitations(
  db: Db,
  which: { invitationNo: number } | { personNo: number } | { actor: Actor },
): Promise<number> {
  const condition =
    'invitationNo' in which
      ? sql`invitation_no = ${which.invitationNo}`
      : 'personNo' in which
        ? sql`person_no = ${which.personNo}`
        : sql`actor = ${which.actor}`;
  const ended = await rows(
    db,
    sql`update invitations set revoked_at = now() where ${OPEN} and ${condition} returning invitation_no`,
  );
  return ended.length;
}
