import type { Knex } from 'knex';
import { listAudit, type AuditRow } from '../db/queries/audit-read.ts';

export type { AuditRow } from '../db/queries/audit-read.ts';

/** Who did what, the newest first; `action` and `subject` match from their beginning. */
export function auditLog(input: {
  db: Knex;
  actor?: string | undefined;
  action?: string | undefined;
  subject?: string | undefined;
  since?: Date | undefined;
  limit: number;
}): Promise<AuditRow[]> {
  return listAudit(input.db, input);
}
