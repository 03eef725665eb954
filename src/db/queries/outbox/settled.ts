import type { Db } from '../../connect.ts';
import { recordFailures, type Failure } from './failures.ts';
import {
  giveBackClaims,
  markGone,
  recordDoubts,
  recordRetries,
  type AttemptRef,
  type Doubt,
  type Retry,
} from './results.ts';

/** Results of attempts that did not simply succeed. */
export interface UnsuccessfulResults {
  retries: readonly Retry[];
  failures: readonly Failure[];
  doubts: readonly Doubt[];
  withdrawn: readonly AttemptRef[];
  goneSubscriptions: readonly number[];
}

/** Writes them in one transaction; repeating it changes nothing. */
export async function recordUnsuccessful(db: Db, results: UnsuccessfulResults): Promise<void> {
  await db.transaction(async (trx) => {
    await recordFailures(trx, results.failures);
    await recordRetries(trx, results.retries);
    await recordDoubts(trx, results.doubts);
    await giveBackClaims(trx, results.withdrawn);
    await markGone(trx, results.goneSubscriptions);
  });
}
