import type { Db } from '../../db/connect.ts';
import { recordAudit } from '../../db/queries/audit.ts';
import { voidApproval } from '../../db/queries/approvals.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Campaign } from '../../domain/campaign.schema.ts';
import { parseCampaignFile } from '../campaigns/file/parse-campaign-file.ts';
import { auditDifferences } from '../campaigns/plan/audit-differences.ts';
import { DRAFT_NAME, type Texts } from './draft-files.ts';

/** What changed between two drafts, for the audit log: keys of the definition, and names of texts. */
export function draftChanges(before: Texts, after: Texts): Record<string, unknown> {
  const [old, fresh] = [campaignOf(before), campaignOf(after)];
  const names = [...new Set([...Object.keys(before.files), ...Object.keys(after.files)])].toSorted();
  return {
    ...(old && fresh
      ? auditDifferences({ campaign: old, contents: {} }, { campaign: fresh, contents: {} })
      : { unreadable: old ? 'after' : 'before' }),
    texts: {
      added: names.filter((name) => !Object.hasOwn(before.files, name)),
      changed: names.filter(
        (name) =>
          Object.hasOwn(before.files, name) &&
          Object.hasOwn(after.files, name) &&
          before.files[name] !== after.files[name],
      ),
      removed: names.filter((name) => !Object.hasOwn(after.files, name)),
    },
  };
}

function campaignOf({ source }: Texts): Campaign | null {
  return parseCampaignFile(source, DRAFT_NAME).campaign;
}

/** True where not a character differs. */
export function sameTexts(a: Texts, b: Texts): boolean {
  const names = Object.keys(a.files);
  return (
    a.source === b.source &&
    names.length === Object.keys(b.files).length &&
    names.every((name) => Object.hasOwn(b.files, name) && a.files[name] === b.files[name])
  );
}

/** Voids the approval that stands, with an audit line; false where none does. */
export async function voidOpenApproval(
  trx: Db,
  input: { campaignId: string; why: string; actor: Actor },
): Promise<boolean> {
  const voided = await voidApproval(trx, input);
  if (!voided) return false;
  const { approvalNo, approver, hash, maxAudience } = voided;
  await recordAudit(trx, {
    actor: input.actor,
    action: 'draft.approval-voided',
    subject: input.campaignId,
    details: { approvalNo, approver, hash, maxAudience, why: input.why },
  });
  return true;
}
