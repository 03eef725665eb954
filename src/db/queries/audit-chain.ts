import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';

/** What a walk along the audit chain found. */
export interface ChainCheck {
  rows: number;
  /** Hex; null: the log is empty. */
  lastHash: string | null;
  /** The first line whose hash does not fit its contents or the line before it. */
  wrongLine: number | null;
  /** The first line that is in the log and not in the chain. */
  unchainedLine: number | null;
}

/** Recomputes every hash of the chain. The formula stands here once more: one that was changed in the database shows. */
export async function checkChain(db: Db): Promise<ChainCheck> {
  const [found] = await rows<ChainCheck>(
    db,
    sql`with walked as (
        select c.chain_no, c.audit_no, c.hash, c.previous = lag(c.hash, 1, sha256('recallwave')) over (order by c.chain_no)
          and c.hash = sha256(c.previous || convert_to(jsonb_build_array(l.audit_no, l.actor, l.action, l.subject, l.details,
            to_char(l.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))::text, 'UTF8')) as fits
        from audit_chain c left join audit_log l using (audit_no))
      select (select count(*)::int from audit_log) as rows,
        (select encode(hash, 'hex') from audit_chain order by chain_no desc limit 1) as "lastHash",
        (select audit_no from walked where fits is not true order by chain_no limit 1) as "wrongLine",
        (select min(l.audit_no) from audit_log l where not exists (select from audit_chain c where c.audit_no = l.audit_no)) as "unchainedLine"`,
  );
  return found ?? { rows: 0, lastHash: null, wrongLine: null, unchainedLine: null };
}
