import type { Db } from '../../connect.ts';
import { rows, sql } from '../../sql.ts';
import { recordAudit } from '../audit.ts';

/** Settled sends of a wave; provider's later bounces count as accepted here. */
export async function tallySends(db: Db, waveNo: number): Promise<{ accepted: number; failed: number }> {
  const [row] = await rows<{ accepted: number; failed: number }>(
    db,
    sql`select count(*) filter (where state in ('ACCEPTED', 'DELIVERED', 'BOUNCED', 'COMPLAINED', 'ASSUMED_SENT'))::int as accepted,
        count(*) filter (where state = 'FAILED')::int as failed
      from messages where wave_no = ${waveNo} and state in
        ('ACCEPTED', 'DELIVERED', 'BOUNCED', 'COMPLAINED', 'ASSUMED_SENT', 'FAILED')`,
  );
  return row ?? { accepted: 0, failed: 0 };
}

/**
 * Halts a running wave with an alarm and an audit row in one transaction; null where it ran no more. Intents refuse from the
 * commit on; `recallwave wave resume` lets it go on.
 */
export async function haltWave(
  db: Db,
  input: { waveNo: number; kind: string; reason: string },
): Promise<{ alarmNo: number } | null> {
  return db.transaction(async (trx) => {
    const halted = await rows(
      trx,
      sql`update waves set state = 'halted', state_reason = ${input.reason}, paused_at = now()
        where wave_no = ${input.waveNo} and state in ('planning', 'sending', 'following_up') returning wave_no`,
    );
    if (halted.length === 0) return null;
    const [alarm] = await rows<{ alarm_no: number }>(
      trx,
      sql`insert into alarms (wave_no, kind, message) values (${input.waveNo}, ${input.kind}, ${input.reason}) returning alarm_no`,
    );
    await recordAudit(trx, {
      actor: 'system:delivery',
      action: 'wave.halt',
      subject: `wave/${input.waveNo}`,
      details: { reason: input.reason },
    });
    return { alarmNo: alarm?.alarm_no ?? 0 };
  });
}

/** Alarms that nobody was told of yet, oldest first. */
export function untoldAlarms(
  db: Db,
  limit: number,
): Promise<{ alarmNo: number; waveNo: number | null; kind: string; message: string; at: Date }[]> {
  return rows(
    db,
    sql`select alarm_no as "alarmNo", wave_no as "waveNo", kind, message, at from alarms
      where told_at is null order by alarm_no limit ${limit}`,
  );
}

/** Marks an alarm as told. */
export async function markTold(db: Db, alarmNo: number): Promise<void> {
  await rows(db, sql`update alarms set told_at = now() where alarm_no = ${alarmNo}`);
}
