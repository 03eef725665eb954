import type { Knex } from 'knex';
import { eraseUser as erase, type Erased } from '../db/queries/erasures.ts';
import type { Actor } from '../domain/actor.ts';
import { RecallwaveError } from '../domain/failures.ts';
import { namedUser } from './named.ts';

/** What an erasure did; `userNo` is all that is left of the person. */
export interface Erasure extends Erased {
  userNo: number;
}

/**
 * Erases a user for good: messages that were not sent are cancelled, personal data go everywhere, statistics keep the bare number.
 * Throws NotFound for an unknown id, BadInput where `confirm` is not the id once more.
 */
export async function eraseUser(input: {
  db: Knex;
  userId: string;
  confirm: string;
  reason: string;
  actor: Actor;
}): Promise<Erasure> {
  const { db, userId, confirm, reason, actor } = input;
  const { userNo } = await namedUser(db, userId);
  if (confirm !== userId) {
    throw new RecallwaveError(
      'BadInput',
      'the confirmation is not the user id; nothing was erased',
      'type the user id once more, letter by letter: erasing cannot be undone',
    );
  }
  return { userNo, ...(await erase(db, { userNo, actor, reason })) };
}
