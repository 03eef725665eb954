import type { Actor } from '../../domain/actor.ts';
import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';

/** One line of the audit log. */
export interface AuditRow {
  auditNo: number;
  actor: Actor;
  action: string;
  subject: string;
  details: Record<string, unknown>;
  at: Date;
}

/** The newest lines first; `action` and `subject` match from their beginning. */
export function listAudit(
  db: Db,
  filter: {
    actor?: string | undefined;
    action?: string | undefined;
    subject?: string | undefined;
    since?: Date | undefined;
    limit: number;
  },
): Promise<AuditRow[]> {
  return rows(
    db,
    sql`select audit_no as "auditNo", actor, action, subject, details, at from audit_log
      where (${filter.actor ?? null}::text is null or actor = ${filter.actor ?? null})
        and starts_with(action, ${filter.action ?? ''}) and starts_with(subject, ${filter.subject ?? ''})
        and (${filter.since ?? null}::timestamptz is null or at >= ${filter.since ?? null})
      order by audit_no desc limit ${filter.limit}`,
  );
}

/** The newest lines about exactly one subject. */
export function auditOfSubject(db: Db, input: { subject: string; limit: number }): Promise<AuditRow[]> {
  return rows(
    db,
    sql`select audit_no as "auditNo", actor, action, subject, details, at from audit_log
      where subject = ${input.subject} order by audit_no desc limit ${input.limit}`,
  );
}
