import type { Actor } from '../../domain/actor.ts';
import type { Db } from '../connect.ts';

/** Writes who did what to what (rule 16), in the caller's transaction. `details`: plain JSON without personal data. */
export async function recordAudit(
  db: Db,
  entry: { actor: Actor; action: string; subject: string; details?: Record<string, unknown> },
): Promise<void> {
  await db('audit_log').insert({
    actor: entry.actor,
    action: entry.action,
    subject: entry.subject,
    details: JSON.stringify(entry.details ?? {}),
  });
}
