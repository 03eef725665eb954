import type { Db } from '../connect.ts';

/** How many waves are in each state. */
export async function countWavesByState(db: Db): Promise<Record<string, number>> {
  const rows = await db<{ state: string }>('waves').select('state').count({ count: '*' }).groupBy('state');
  return Object.fromEntries(rows.map((row) => [row.state, Number(row.count)]));
}

/** How many kill switches are in force. */
export async function countEngagedKillSwitches(db: Db): Promise<{ global: number; campaign: number }> {
  const row = await db('kill_switches')
    .whereNull('released_at')
    .first<{ all: number; campaign: number }>(db.raw('count(*) as "all"'), db.raw('count(campaign_id) as campaign'));
  return { global: row.all - row.campaign, campaign: row.campaign };
}
