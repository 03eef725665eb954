import type { Knex } from 'knex';
import { warningsOfUser, type WarningRow } from '../../db/queries/receipts.ts';
import { answersOfUser, type AnswerRow } from '../../db/queries/survey-answers.ts';
import { suppressionHistory, type SuppressionRow } from '../../db/queries/suppressions.ts';
import { entriesOfUser, erasedAt, type UserEntry } from '../../db/queries/user-pages.ts';
import { consentHistory, countPushSubscriptions, type ConsentRow, type UserRow } from '../../db/queries/users.ts';
import { namedUser } from '../named.ts';

/** A user with everything that decides what he gets: for the eyes of people at work on him, never for logs. */
export interface UserProfile extends UserRow {
  erasedAt: Date | null;
  pushSubscriptions: number;
  /** Oldest first. */
  consents: ConsentRow[];
  /** Every one that ever was, oldest first. */
  suppressions: SuppressionRow[];
  /** What he answered to surveys, newest first. */
  answers: AnswerRow[];
  /** Newest first, at most twenty. */
  warnings: WarningRow[];
  /** Newest first. */
  entries: UserEntry[];
}

/** The profile of a user. Throws NotFound with ids that are near. */
export async function userProfile(input: { db: Knex; userId: string }): Promise<UserProfile> {
  const { db } = input;
  const user = await namedUser(db, input.userId);
  const { userNo } = user;
  return {
    ...user,
    erasedAt: await erasedAt(db, userNo),
    pushSubscriptions: await countPushSubscriptions(db, userNo),
    consents: await consentHistory(db, userNo),
    suppressions: await suppressionHistory(db, userNo),
    answers: await answersOfUser(db, userNo),
    warnings: await warningsOfUser(db, userNo),
    entries: await entriesOfUser(db, userNo),
  };
}
