import type { Knex } from 'knex';
import { auditBefore, type AuditFilter, type ChainedAuditRow } from '../db/queries/audit-pages.ts';
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

/** The lines before a number (null: the newest), newest first, each with its hash in the chain. */
export function auditPage(
  input: AuditFilter & { db: Knex; beforeNo: number | null; limit: number },
): Promise<ChainedAuditRow[]> {
  const { db, ...page } = input;
  return auditBefore(db, page);
}
