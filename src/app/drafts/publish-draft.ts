import type { Knex } from 'knex';
import type { Db } from '../../db/connect.ts';
import { openApproval, useApproval, type ApprovalRow } from '../../db/queries/approvals.ts';
import { recordAudit } from '../../db/queries/audit.ts';
import { loadVersion } from '../../db/queries/campaigns.ts';
import { deleteDraft, lockDraft, type DraftRow } from '../../db/queries/drafts.ts';
import type { Actor } from '../../domain/actor.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import { applyCampaignFile, type AppliedCampaign } from '../campaigns/apply.ts';
import { voidOpenApproval } from './draft-changes.ts';
import { filesInMemory, noDraft } from './draft-files.ts';

/** stale: the draft isn't what was shown; overtaken: another version came into force since the approval, which is void now. */
export type PublishResult =
  | { kind: 'published'; applied: AppliedCampaign; maxAudience: number }
  | { kind: 'stale'; current: DraftRow }
  | { kind: 'unapproved' }
  | { kind: 'overtaken'; version: number };

/** Publishes the draft with this hash. */
export interface Publish {
  db: Knex;
  campaignId: string;
  hash: string;
  actor: Actor;
  now: Date;
}

/**
 * Publishes an approved draft as `campaign apply` would a file, binds the approval to the version, and ends the draft, in one
 * transaction. Throws NotFound without a draft (also for the second of two clicks), CampaignInvalid.
 */
export async function publishDraft(input: Publish): Promise<PublishResult> {
  const { db, campaignId, actor } = input;
  return db.transaction(async (trx) => {
    const draft = await lockDraft(trx, campaignId);
    if (!draft) throw noDraft(campaignId);
    if (draft.hash !== input.hash) return { kind: 'stale', current: draft };
    const approval = await openApproval(trx, campaignId);
    if (!approval || approval.hash !== draft.hash) return { kind: 'unapproved' };
    const current = await loadVersion(trx, { campaignId });
    if (current && current.version !== approval.overVersion) {
      const why = `version ${current.version} came into force after it`;
      await voidOpenApproval(trx, { campaignId, why, actor });
      return { kind: 'overtaken', version: current.version };
    }
    const applied = await apply(trx, input, { draft, approval });
    return { kind: 'published', applied, maxAudience: approval.maxAudience };
  });
}

async function apply(
  trx: Db,
  { campaignId, actor, now }: Publish,
  { draft, approval }: { draft: DraftRow; approval: ApprovalRow },
): Promise<AppliedCampaign> {
  const { approvalNo, approver, maxAudience } = approval;
  const applied = await applyCampaignFile({
    db: trx,
    path: filesInMemory(draft),
    actor,
    author: draft.author,
    approval: { approvalNo, approver, maxAudience },
    now,
  });
  if (applied.hash !== approval.hash || applied.campaignId !== campaignId) throw compiledAnew();
  await useApproval(trx, { approvalNo, version: applied.version });
  await deleteDraft(trx, campaignId);
  await recordAudit(trx, {
    actor,
    action: 'draft.published',
    subject: campaignId,
    details: {
      version: applied.version,
      disposition: applied.disposition,
      hash: applied.hash,
      approvalNo,
      approver,
      maxAudience,
      author: draft.author,
      editor: draft.editor,
    },
  });
  return applied;
}

function compiledAnew(): RecallwaveError {
  return new RecallwaveError(
    'WaveRefused',
    'the texts compile to something else than what was approved: Recallwave was updated since',
    'save the draft again, and have it approved again',
  );
}
