import type { Knex } from 'knex';
import { checkChain } from '../db/queries/audit-chain.ts';

/** Whether the audit log is as it was written. */
export interface AuditVerification {
  ok: boolean;
  rows: number;
  /** Hex; null: the log is empty. Kept elsewhere, it shows a chain that was rewritten whole or cut at its end. */
  lastHash: string | null;
  /** The number of the first line that does not fit. */
  brokenAt: number | null;
  sentence: string;
}

/** Recomputes the hash chain of the audit log. */
export async function verifyAudit(input: { db: Knex }): Promise<AuditVerification> {
  const { rows, lastHash, wrongLine, unchainedLine } = await checkChain(input.db);
  const brokenAt = wrongLine ?? unchainedLine;
  const sentence =
    wrongLine !== null
      ? `line ${wrongLine} does not fit its hash or the line before it: it, or what was before it, was changed or taken out`
      : unchainedLine !== null
        ? `line ${unchainedLine} is not in the chain: it was written past the trigger`
        : rows === 0
          ? 'the log is empty'
          : `all ${rows} lines are as they were written`;
  return { ok: brokenAt === null, rows, lastHash, brokenAt, sentence };
}
