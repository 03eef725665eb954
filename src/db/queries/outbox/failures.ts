import type { Knex } from 'knex';
import { rows, sql } from '../../sql.ts';
import { giveBack, lockMoney, RESEND } from './release.ts';
import type { AttemptRef } from './results.ts';

/** A definite no for good. */
export interface Failure extends AttemptRef {
  waveNo: number;
  class: string;
  evidence: string;
  /** Suppress the user and the address on the message's channel, in the same transaction. */
  suppress: boolean;
}

interface FailedRow {
  message_no: number;
  campaign_id: string;
  wave_no: number;
  cost_minor: number;
  code_no: number | null;
  kept: boolean;
}

/** → FAILED(class) with evidence, suppression where asked for, and everything reserved given back, in the caller's transaction. */
export async function recordFailures(trx: Knex.Transaction, failures: readonly Failure[]): Promise<void> {
  if (failures.length === 0) return;
  await lockMoney(
    trx,
    failures.map((one) => one.waveNo),
  );
  const failed = await rows<FailedRow>(
    trx,
    sql`with r as (
        select * from jsonb_to_recordset(${JSON.stringify(failures)}::jsonb)
          as r("messageNo" bigint, fence int, class text, evidence text)),
      moved as (
        update messages m set state = 'FAILED', state_reason = r.class, attempts = m.attempts + 1,
          counted_at = case when m.state_reason = ${RESEND} then m.counted_at end,
          owner = null, lease_until = null, changed_at = now()
        from r where m.message_no = r."messageNo" and m.fence = r.fence and m.state in ('CLAIMED', 'SUBMITTING', 'UNKNOWN')
        returning m.message_no, m.campaign_id, m.wave_no, m.cost_minor, m.code_no, m.counted_at is not null as kept),
      told as (
        insert into attempts (message_no, fence, result, class, evidence)
        select r."messageNo", r.fence, 'failed', r.class, r.evidence from r join moved on moved.message_no = r."messageNo")
      select * from moved`,
  );
  const moved = new Set(failed.map((row) => row.message_no));
  await suppressRecipients(
    trx,
    failures.filter((one) => one.suppress && moved.has(one.messageNo)),
  );
  await giveBack(
    trx,
    failed
      .filter((row) => !row.kept)
      .map((row) => ({
        campaignId: row.campaign_id,
        waveNo: row.wave_no,
        costMinor: row.cost_minor,
        codeNo: row.code_no,
      })),
  );
}

/** By user and by normalised address (rule 14): the same address under another account is covered too. */
async function suppressRecipients(trx: Knex.Transaction, failures: readonly Failure[]): Promise<void> {
  if (failures.length === 0) return;
  const reasons = JSON.stringify(failures.map((one) => ({ n: one.messageNo, r: one.class })));
  await rows(
    trx,
    sql`with hit as (
        select m.user_no, m.channel, r.r as reason,
          case m.channel when 'email' then lower(u.email) when 'sms' then u.phone end as address
        from jsonb_to_recordset(${reasons}::jsonb) as r(n bigint, r text)
        join messages m on m.message_no = r.n join users u on u.user_no = m.user_no)
      insert into suppressions (user_no, address, channel, reason, actor)
      select user_no, null, channel, reason, 'system:delivery' from hit
      union all
      select null, address, channel, reason, 'system:delivery' from hit where address is not null
      on conflict do nothing`,
  );
}
