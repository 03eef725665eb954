import type { Knex } from 'knex';
import { stagedFaults, type StagedFault } from '../../db/queries/imports/staging.ts';
import type { RejectsFile } from './reading/rejects-file.ts';

const PAGE = 2000;

/** Adds what only the database could judge to the rejects, page by page. */
export async function collectFaults(trx: Knex.Transaction, rejects: RejectsFile): Promise<void> {
  for (let after = 0; ;) {
    const faults = await stagedFaults(trx, { after, limit: PAGE });
    for (const fault of faults) {
      const { line, column, value } = fault;
      rejects.add({ line, column, value, reason: reasonOf(fault), row: fault.contents });
    }
    await rejects.drain();
    if (faults.length < PAGE) return;
    after = faults.at(-1)?.line ?? after;
  }
}

function reasonOf(fault: StagedFault): string {
  switch (fault.code) {
    case 'repeated':
      return `line ${fault.line}: ${fault.column} ${fault.value} was already on line ${fault.firstLine}: keep one of them`;
    case 'unknown_user':
      return 'no user has this user_id: import users first';
    case 'no_channel':
      return 'no way to reach the user: fill in email or phone, or set consent_push to true';
    case 'generated_pool':
      return 'the codes of this pool are generated: name another pool';
    case 'two_arms':
      return `line ${fault.line} says ${fault.value}, line ${fault.firstLine} another group of the same time: a user is in one; every row of this user is left out`;
    case 'entered_twice':
      return `line ${fault.firstLine} has an assignment of this user whose outcome window is not over yet: keep one of them`;
    case 'other_entry':
      return 'the user has an entry of this campaign in that time already, of a wave or of another recorded row: assignments do not change; take the row away';
    case 'real_wave':
      return 'the campaign ran a wave of its own on that date: import the experiment into a campaign of its own';
    default:
      throw new Error(`unknown fault ${fault.code}`);
  }
}
