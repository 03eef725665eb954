import type { Db } from '../connect.ts';

/** One round trip to the database; throws when it isn't there. */
export async function ping(db: Db): Promise<void> {
  await db.raw('select 1');
}
