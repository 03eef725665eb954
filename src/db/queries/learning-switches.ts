import type { Actor } from '../../domain/actor.ts';
import type { LearningMode } from '../../domain/learning.ts';
import type { SwitchLine } from '../../domain/threshold-ledger.ts';
import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';
import { recordAudit } from './audit.ts';

/** Every turn of a campaign's learning switches, newest first. */
export function learningSwitches(db: Db, campaignId: string): Promise<SwitchLine[]> {
  return rows(
    db,
    sql`select switch_no as "switchNo", segment, mode, frozen, reason, actor, at
      from learning_switches where campaign_id = ${campaignId} order by switch_no desc`,
  );
}

/** Turns a switch of a segment ('*': of the whole campaign), with its audit line, in one transaction. */
export async function turnSwitch(
  db: Db,
  turn: {
    campaignId: string;
    segment: string;
    mode: LearningMode | null;
    frozen: boolean | null;
    reason: string;
    actor: Actor;
    at: Date;
  },
): Promise<void> {
  const { campaignId, segment, mode, frozen, reason, actor, at } = turn;
  const action = mode !== null ? 'threshold.mode' : frozen === true ? 'threshold.freeze' : 'threshold.unfreeze';
  await db.transaction(async (trx) => {
    await rows(
      trx,
      sql`insert into learning_switches (campaign_id, segment, mode, frozen, reason, actor, at)
        values (${campaignId}, ${segment}, ${mode}, ${frozen}, ${reason}, ${actor}, ${at})`,
    );
    const details = { segment, reason, ...(mode === null ? {} : { mode }) };
    await recordAudit(trx, { actor, action, subject: `campaign/${campaignId}`, details });
  });
}
