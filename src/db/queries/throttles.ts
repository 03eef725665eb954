import type { Actor } from '../../domain/actor.ts';
import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';
import { recordAudit } from './audit.ts';

/** The throttle of a provider: `ratePerS` messages per second over all workers, null: no limit. */
export interface ThrottleRow {
  provider: string;
  ratePerS: number | null;
  /** Set when the provider refused our credentials or the account: nothing goes out until somebody resumes it. */
  stoppedAt: Date | null;
  stoppedWhy: string | null;
}

/** The throttles that were set, or whose provider was stopped, by name. */
export function listThrottles(db: Db): Promise<ThrottleRow[]> {
  return rows(
    db,
    sql`select provider, rate_per_s as "ratePerS", stopped_at as "stoppedAt", stopped_why as "stoppedWhy"
      from provider_throttles order by provider`,
  );
}

/** Sets the rate; a bucket that was full for a faster rate starts empty. */
export async function setThrottle(
  db: Db,
  input: { provider: string; ratePerS: number | null; actor: Actor },
): Promise<void> {
  await db.transaction(async (trx) => {
    await rows(
      trx,
      sql`insert into provider_throttles (provider, rate_per_s) values (${input.provider}, ${input.ratePerS})
        on conflict (provider) do update set rate_per_s = excluded.rate_per_s, tokens = 0, refilled_at = now()`,
    );
    await recordAudit(trx, {
      actor: input.actor,
      action: 'throttle.set',
      subject: `provider/${input.provider}`,
      details: { ratePerS: input.ratePerS },
    });
  });
}

/** Lets a stopped provider send again; false where it wasn't stopped. */
export async function resumeProvider(
  db: Db,
  input: { provider: string; actor: Actor; reason: string },
): Promise<boolean> {
  return db.transaction(async (trx) => {
    const resumed = await rows(
      trx,
      sql`update provider_throttles set stopped_at = null, stopped_why = null
        where provider = ${input.provider} and stopped_at is not null returning provider`,
    );
    if (resumed.length === 0) return false;
    await recordAudit(trx, {
      actor: input.actor,
      action: 'throttle.resume',
      subject: `provider/${input.provider}`,
      details: { reason: input.reason },
    });
    return true;
  });
}
