import type { Db } from '../connect.ts';
import { join, rows, sql, type Sql } from '../sql.ts';
import type { AuditRow } from './audit-read.ts';

/** Which lines of the audit log a list shows; `action` and `subject` match from their beginning, `to` is excluded. */
export interface AuditFilter {
  actor?: string | undefined;
  action?: string | undefined;
  subject?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
}

/** A line with its hash in the chain, in hex. */
export type ChainedAuditRow = AuditRow & { hash: string };

/** Lines before a number (null: from the newest), newest first. */
export function auditBefore(
  db: Db,
  input: AuditFilter & { beforeNo: number | null; limit: number },
): Promise<ChainedAuditRow[]> {
  const { actor, action, subject, from, to, beforeNo, limit } = input;
  const conditions = [
    beforeNo !== null && sql`l.audit_no < ${beforeNo}`,
    actor !== undefined && sql`l.actor = ${actor}`,
    action !== undefined && sql`l.action like ${beginsWith(action)}`,
    subject !== undefined && sql`l.subject like ${beginsWith(subject)}`,
    from !== undefined && sql`l.at >= ${from} and ${afterNo(from)}`,
    to !== undefined && sql`l.at < ${to} and ${untilNo(to)}`,
  ].filter((one) => one !== false);
  return rows(
    db,
    sql`select l.audit_no as "auditNo", l.actor, l.action, l.subject, l.details, l.at, coalesce(encode(c.hash, 'hex'), '') as hash
      from audit_log l left join audit_chain c using (audit_no)
      where ${join(conditions, ' and ', 'true')} order by l.audit_no desc limit ${limit}`,
  );
}

// Numbers come in the order of time but for transactions that were open meanwhile, which no one keeps open for a day. These bounds
// spare walking the whole log, by number, to a period long ago.
function afterNo(from: Date): Sql {
  return sql`l.audit_no > coalesce((select audit_no from audit_log where at < ${from}::timestamptz - interval '1 day'
    order by at desc limit 1), 0)`;
}

function untilNo(to: Date): Sql {
  return sql`l.audit_no < coalesce((select audit_no from audit_log where at >= ${to}::timestamptz + interval '1 day'
    order by at limit 1), 9223372036854775807)`;
}

/** The LIKE pattern of texts that begin so. */
export function beginsWith(text: string): string {
  return `${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}
