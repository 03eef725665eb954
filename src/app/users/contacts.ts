import type { Knex } from 'knex';
import { wavesOfUser, type UserWaveRow } from '../../db/queries/ways.ts';
import { namedUser } from '../named.ts';
import { why } from '../why.ts';

/** One step of one wave that a user was in: contacted, or not and why. */
export interface UserContact extends UserWaveRow {
  /** The answer of `why` in one sentence. */
  why: string;
}

/** A user's contacts and non-contacts, newest first, after a wave and step. Throws NotFound. */
export async function contactsOfUser(input: {
  db: Knex;
  userId: string;
  after: { waveNo: number; step: number } | null;
  limit: number;
}): Promise<UserContact[]> {
  const { db, userId, after, limit } = input;
  const user = await namedUser(db, userId);
  const found = await wavesOfUser(db, { userNo: user.userNo, limit, after });
  const told = new Map<number, Map<number, string>>();
  for (const { waveNo } of found) {
    if (told.has(waveNo)) continue;
    const { steps } = await why({ db, userId, wave: String(waveNo) });
    told.set(waveNo, new Map(steps.map(({ step, verdict }) => [step, verdict])));
  }
  return found.map((row) => ({ ...row, why: told.get(row.waveNo)?.get(row.step) ?? '' }));
}
