import type { Db } from '../../db/connect.ts';
import { latestApprovals, type ApprovalRow } from '../../db/queries/approvals.ts';
import { loadVersion, versionTexts } from '../../db/queries/campaigns.ts';
import { findDraft, type DraftRow } from '../../db/queries/drafts.ts';
import { noCampaign } from './draft-files.ts';

/** A draft as an editor opens it; revision 0: nothing is saved, the texts are those of the version in force. */
export interface ShownDraft extends Omit<DraftRow, 'author' | 'editor' | 'updatedAt'> {
  author: string | null;
  editor: string | null;
  updatedAt: Date | null;
  versionInForce: number | null;
  /** True where the version in force was published before its texts were kept. */
  filesMissing: boolean;
  /** The one that allows publishing. */
  approval: ApprovalRow | null;
  /** The last ones, voided and used ones too. */
  approvals: ApprovalRow[];
}

const SHOWN_APPROVALS = 10;

/** The draft of a campaign, else its version in force to begin one from. Throws NotFound where there is neither. */
export async function showDraft(db: Db, campaignId: string): Promise<ShownDraft> {
  const draft = await findDraft(db, campaignId);
  const current = await loadVersion(db, { campaignId });
  const approvals = await latestApprovals(db, { campaignId, limit: SHOWN_APPROVALS });
  const approval = approvals.find((one) => one.voidedAt === null && one.publishedVersion === null) ?? null;
  const around = { versionInForce: current?.version ?? null, approval, approvals };
  if (draft) return { ...draft, ...around, filesMissing: false };
  const texts = current && (await versionTexts(db, { campaignId, version: current.version }));
  if (!texts) throw noCampaign(campaignId);
  return {
    campaignId,
    revision: 0,
    source: texts.source,
    files: texts.files ?? {},
    hash: current.hash,
    errors: 0,
    author: null,
    editor: null,
    updatedAt: null,
    filesMissing: texts.files === null,
    ...around,
  };
}
