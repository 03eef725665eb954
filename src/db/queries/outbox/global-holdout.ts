import type { Db } from '../../connect.ts';
import { rows, sql } from '../../sql.ts';

/** Salt and share of the global holdout's period in force; null where nobody is held out. */
export async function globalHoldoutInForce(db: Db): Promise<{ salt: string; share: number } | null> {
  const [period] = await rows<{ salt: string; share: number }>(
    db,
    sql`select salt, share from global_holdout_periods where until_at is null and share > 0`,
  );
  return period ?? null;
}
