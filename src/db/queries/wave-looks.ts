import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';

/** An alarm that operators were or will be told of. */
export interface AlarmRow {
  alarmNo: number;
  waveNo: number | null;
  kind: string;
  message: string;
  at: Date;
}

/** Alarms of a wave or of all since a moment, newest first. */
export function listAlarms(
  db: Db,
  input: { waveNo?: number | undefined; since?: Date | undefined; limit: number },
): Promise<AlarmRow[]> {
  return rows(
    db,
    sql`select alarm_no as "alarmNo", wave_no as "waveNo", kind, message, at from alarms
      where (${input.waveNo ?? null}::bigint is null or wave_no = ${input.waveNo ?? null})
        and (${input.since ?? null}::timestamptz is null or at >= ${input.since ?? null})
      order by alarm_no desc limit ${input.limit}`,
  );
}

/** Entries of a wave that were contacted or held out, and those that came back within their window by `asOf`. */
export interface WaveReturnCounts {
  contacted: number;
  contactedReturned: number;
  heldOut: number;
  heldOutReturned: number;
  windowsOpen: number;
}

/** Counts the returns of a wave's entries; blocked ones are in neither group. */
export async function waveReturnCounts(
  db: Db,
  input: { waveNo: number; returnEvents: readonly string[]; asOf: Date },
): Promise<WaveReturnCounts> {
  const { waveNo, returnEvents, asOf } = input;
  const [row] = await rows<WaveReturnCounts>(
    db,
    sql`with entered as (
        select w.disposition = 'held_out' as held, e.window_ends_at > ${asOf} as open,
          exists (select from events v where v.user_no = e.user_no and v.type = any(${returnEvents})
            and v.occurred_at > e.opened_at and v.occurred_at <= least(e.window_ends_at, ${asOf}::timestamptz)) as returned
        from entries e join ways w on w.wave_no = e.wave_no and w.step = 1 and w.user_no = e.user_no
        where e.wave_no = ${waveNo} and e.recorded_no is null and w.disposition in ('contacted', 'deferred', 'held_out'))
      select count(*) filter (where not held)::int as contacted,
        count(*) filter (where not held and returned)::int as "contactedReturned",
        count(*) filter (where held)::int as "heldOut", count(*) filter (where held and returned)::int as "heldOutReturned",
        count(*) filter (where open)::int as "windowsOpen"
      from entered`,
  );
  if (!row) throw new Error('a count returns a row');
  return row;
}
