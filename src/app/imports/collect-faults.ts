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
    default:
      throw new Error(`unknown fault ${fault.code}`);
  }
}
