import type { Knex } from 'knex';
import { recordAudit } from '../db/queries/audit.ts';
import { rowsAboutUser, type StoredRow } from '../db/queries/user-export.ts';
import type { Actor } from '../domain/actor.ts';
import { namedUser } from './named.ts';

/** Everything that is held about one user, for him: addresses and codes in plain text. */
export interface UserExport {
  format: 'recallwave.user/1';
  exportedAt: Date;
  user: StoredRow;
  /** Rows by what they are. */
  held: Record<string, StoredRow[]>;
}

/** Reads everything that is held about a user, and notes who did. Throws NotFound with ids that are near. */
export async function exportUser(input: { db: Knex; userId: string; actor: Actor; now: Date }): Promise<UserExport> {
  const { db, actor, now } = input;
  const { userNo } = await namedUser(db, input.userId);
  const found = await rowsAboutUser(db, userNo);
  await recordAudit(db, { actor, action: 'user.export', subject: `user/${userNo}` });
  return { format: 'recallwave.user/1', exportedAt: now, ...found };
}
