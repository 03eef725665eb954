import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';

/** Whether there is any user or campaign. */
export async function hasAnyUserOrCampaign(db: Db): Promise<boolean> {
  const [row] = await rows<{ used: boolean }>(
    db,
    sql`select exists (select from users) or exists (select from campaigns) as used`,
  );
  return row?.used ?? false;
}
