import type { Knex } from 'knex';
import type { Db } from '../../db/connect.ts';
import { insertApproval, type ApprovalRow } from '../../db/queries/approvals.ts';
import { recordAudit } from '../../db/queries/audit.ts';
import { loadVersion } from '../../db/queries/campaigns.ts';
import { findDraft, lockDraft, type DraftRow } from '../../db/queries/drafts.ts';
import type { Actor } from '../../domain/actor.ts';
import { mustBeValid } from '../campaigns/build-campaign.ts';
import { auditDifferences } from '../campaigns/plan/audit-differences.ts';
import { voidOpenApproval } from './draft-changes.ts';
import { noDraft } from './draft-files.ts';
import { lintTexts } from './lint-draft.ts';

/** stale: the draft isn't what the approver saw; own: the approver began it or saved it last. */
export type ApproveResult =
  | { kind: 'approved'; approval: ApprovalRow }
  | { kind: 'stale'; current: DraftRow }
  | { kind: 'own'; role: 'author' | 'last editor' };

/** An approval: of the draft with this hash, for waves of at most `maxAudience` users. */
export interface Approve {
  db: Knex;
  campaignId: string;
  hash: string;
  maxAudience: number;
  approver: Actor;
  now: Date;
}

/**
 * Approves a draft as the approver saw it (C5, rule 8): it may be published, and the waves of its version run by themselves up
 * to `maxAudience`. Throws NotFound without a draft, CampaignInvalid where the draft has errors.
 */
export async function approveDraft(input: Approve): Promise<ApproveResult> {
  const { db, campaignId, now } = input;
  const draft = await findDraft(db, campaignId);
  if (!draft) throw noDraft(campaignId);
  const refused = refusal(draft, input);
  if (refused) return refused;
  const { built, problems } = await lintTexts({ db, texts: draft, campaignId, now, quick: false });
  const campaign = mustBeValid({ ...built, problems });
  return db.transaction(async (trx) => {
    const locked = await lockDraft(trx, campaignId);
    if (!locked) throw noDraft(campaignId);
    // Also where an upgrade compiles the same texts to something else: saving writes the new hash.
    if (locked.revision !== draft.revision || built.hash !== draft.hash) return { kind: 'stale', current: locked };
    const current = await loadVersion(trx, { campaignId });
    const changes = current && auditDifferences(current, { campaign, contents: built.contents });
    return { kind: 'approved', approval: await write(trx, input, { draft, over: current?.version ?? null, changes }) };
  });
}

function refusal(draft: DraftRow, { hash, approver }: Approve): ApproveResult | null {
  if (draft.hash !== hash) return { kind: 'stale', current: draft };
  if (draft.author === approver) return { kind: 'own', role: 'author' };
  return draft.editor === approver ? { kind: 'own', role: 'last editor' } : null;
}

async function write(
  trx: Db,
  { campaignId, hash, maxAudience, approver }: Approve,
  { draft, over, changes }: { draft: DraftRow; over: number | null; changes: object | null },
): Promise<ApprovalRow> {
  await voidOpenApproval(trx, { campaignId, why: `approved anew by ${approver}`, actor: approver });
  const { revision } = draft;
  const approval = await insertApproval(trx, { campaignId, revision, hash, maxAudience, overVersion: over, approver });
  await recordAudit(trx, {
    actor: approver,
    action: 'draft.approved',
    subject: campaignId,
    details: { approvalNo: approval.approvalNo, revision, hash, maxAudience, overVersion: over, ...changes },
  });
  return approval;
}

/** Takes back the approval that stands; false where none does. */
export function withdrawApproval(input: { db: Knex; campaignId: string; actor: Actor }): Promise<boolean> {
  const { db, campaignId, actor } = input;
  return db.transaction((trx) => voidOpenApproval(trx, { campaignId, why: `withdrawn by ${actor}`, actor }));
}
