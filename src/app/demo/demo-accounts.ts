import type { Db } from '../../db/connect.ts';
import type { Actor } from '../../domain/actor.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import { addPerson, listPeople } from '../people/people.ts';

/** The password of both demo accounts. It may be known: they are let in from this machine only. */
export const DEMO_PASSWORD = 'try the sample company';

/** Accounts of the sample company: who writes and reads campaigns, and who approves and runs them. */
export const DEMO_ACCOUNTS = [
  { login: 'marketer', name: 'Mei (demo)', role: 'marketer' },
  { login: 'operator', name: 'Oskar (demo)', role: 'operator' },
] as const;

/** Makes the demo accounts that aren't there. */
export async function ensureDemoAccounts(db: Db, actor: Actor): Promise<void> {
  for (const account of DEMO_ACCOUNTS) {
    try {
      await addPerson({ db, ...account, password: DEMO_PASSWORD, loopbackOnly: true, actor });
    } catch (error) {
      // There already, with whatever password it has by now.
      if (!(error instanceof RecallwaveError) || error.type !== 'BadInput') throw error;
    }
  }
}

/** True where a demo account may log in. */
export async function hasDemoAccounts(db: Db): Promise<boolean> {
  return (await listPeople(db)).some((person) => person.loopbackOnly && person.disabledAt === null);
}
