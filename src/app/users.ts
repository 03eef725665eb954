import type { Knex } from 'knex';
import { answersOfUser, type AnswerRow } from '../db/queries/survey-answers.ts';
import { suppressionHistory, type SuppressionRow } from '../db/queries/suppressions.ts';
import { consentHistory, countPushSubscriptions, type ConsentRow, type UserRow } from '../db/queries/users.ts';
import { wavesOfUser, type UserWaveRow } from '../db/queries/ways.ts';
import { namedUser } from './named.ts';

/** What is known of a user: for the eyes of operators, never for logs. */
export interface UserReport {
  user: UserRow;
  pushSubscriptions: number;
  consents: ConsentRow[];
  suppressions: SuppressionRow[];
  /** What he answered to surveys, newest first. */
  answers: AnswerRow[];
  /** The newest waves first, at most twenty. */
  waves: UserWaveRow[];
}

/** A user with consent, suppressions and waves. Throws NotFound with ids that are near. */
export async function showUser(input: { db: Knex; userId: string }): Promise<UserReport> {
  const { db } = input;
  const user = await namedUser(db, input.userId);
  return {
    user,
    pushSubscriptions: await countPushSubscriptions(db, user.userNo),
    consents: await consentHistory(db, user.userNo),
    suppressions: await suppressionHistory(db, user.userNo),
    answers: await answersOfUser(db, user.userNo),
    waves: await wavesOfUser(db, { userNo: user.userNo, limit: 20 }),
  };
}
