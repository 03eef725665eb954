import type { Actor } from '../../domain/actor.ts';
import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';
import { recordAudit } from './audit.ts';

/** A kill switch; `campaignId` null holds everything. In force while `releasedAt` is null. */
export interface KillSwitch {
  killNo: number;
  campaignId: string | null;
  reason: string;
  engagedAt: Date;
  engagedBy: Actor;
  releasedAt: Date | null;
  releasedBy: Actor | null;
}

interface Change {
  campaignId: string | null;
  reason: string;
  actor: Actor;
}

/** What is in force now, the global one first; `all`: released ones too, newest first, at most 50. */
export function listKillSwitches(db: Db, options: { all?: boolean } = {}): Promise<KillSwitch[]> {
  return rows(
    db,
    sql`select kill_no as "killNo", campaign_id as "campaignId", reason, engaged_at as "engagedAt",
        engaged_by as "engagedBy", released_at as "releasedAt", released_by as "releasedBy"
      from kill_switches where ${options.all ?? false} or released_at is null
      order by released_at is not null, campaign_id is not null, kill_no desc limit 50`,
  );
}

/** Engages the switch in one committed row, which claims and intents read; false where it was engaged already. */
export async function engageKillSwitch(db: Db, change: Change): Promise<boolean> {
  return db.transaction(async (trx) => {
    // Two people at once: one row. Claims only read, so they don't wait.
    await trx.raw('lock table kill_switches in share row exclusive mode');
    const engaged = await rows(
      trx,
      sql`insert into kill_switches (campaign_id, reason, engaged_by)
        select ${change.campaignId}, ${change.reason}, ${change.actor}
        where not exists (select from kill_switches
          where released_at is null and campaign_id is not distinct from ${change.campaignId})
        returning kill_no`,
    );
    if (engaged.length > 0) await writeAudit(trx, 'kill.engage', change);
    return engaged.length > 0;
  });
}

/** Releases the switch; false where none was engaged. */
export async function releaseKillSwitch(db: Db, change: Change): Promise<boolean> {
  return db.transaction(async (trx) => {
    const released = await rows(
      trx,
      sql`update kill_switches set released_at = now(), released_by = ${change.actor}
        where released_at is null and campaign_id is not distinct from ${change.campaignId} returning kill_no`,
    );
    if (released.length > 0) await writeAudit(trx, 'kill.release', change);
    return released.length > 0;
  });
}

function writeAudit(trx: Db, action: string, change: Change): Promise<void> {
  const subject = change.campaignId === null ? 'everything' : `campaign/${change.campaignId}`;
  return recordAudit(trx, { actor: change.actor, action, subject, details: { reason: change.reason } });
}
