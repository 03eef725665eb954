import type { Knex } from 'knex';
import { approveDraft } from '../../src/app/drafts/approve-draft.ts';
import { beginDraft } from '../../src/app/drafts/begin-draft.ts';
import { publishDraft } from '../../src/app/drafts/publish-draft.ts';
import { findDraft } from '../../src/db/queries/drafts.ts';

/** A campaign that went the whole way: begun from a playbook (null: the small one), approved by another, published. */
export async function aPublishedCampaign(
  db: Knex,
  { campaignId, playbook }: { campaignId: string; playbook: string | null },
): Promise<void> {
  const now = new Date();
  await beginDraft({ db, campaignId, playbook, author: 'console:author', now });
  const hash = (await findDraft(db, campaignId))?.hash ?? '';
  const approved = await approveDraft({ db, campaignId, hash, maxAudience: 500, approver: 'console:approver', now });
  if (approved.kind !== 'approved') throw new Error(`not approved: ${approved.kind}`);
  const published = await publishDraft({ db, campaignId, hash, actor: 'console:approver', now });
  if (published.kind !== 'published') throw new Error(`not published: ${published.kind}`);
}
