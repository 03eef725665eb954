import type { Knex } from 'knex';
import type { Db } from '../../db/connect.ts';
import { recordAudit } from '../../db/queries/audit.ts';
import { loadVersion, versionTexts } from '../../db/queries/campaigns.ts';
import {
  deleteDraft,
  findDraft,
  insertDraft,
  lockDraft,
  updateDraft,
  type DraftRow,
  type DraftTexts,
} from '../../db/queries/drafts.ts';
import type { Actor } from '../../domain/actor.ts';
import type { CampaignProblem } from '../campaigns/file/finding.ts';
import { countProblems } from '../campaigns/lint-campaign.ts';
import { draftChanges, sameTexts, voidOpenApproval } from './draft-changes.ts';
import { noCampaign, type Texts } from './draft-files.ts';
import { lintTexts } from './lint-draft.ts';

/** saved: written (`changed` false: not a character differed); stale: somebody else saved meanwhile, nothing was written. */
export type SaveResult =
  | { kind: 'saved'; changed: boolean; problems: CampaignProblem[] }
  | { kind: 'stale'; current: DraftRow | null };

/** A save: over the revision that the editor saw, 0 for the version in force. */
export interface Save {
  db: Knex;
  campaignId: string;
  revision: number;
  texts: Texts;
  editor: Actor;
  now: Date;
}

/**
 * Saves a draft, errors and all, where nobody saved since `revision`; any change voids the approval. Throws NotFound for a
 * campaign that has neither draft nor version.
 */
export async function saveDraft(input: Save): Promise<SaveResult> {
  const { db, campaignId, texts, now } = input;
  const linted = await lintTexts({ db, texts, campaignId, now, quick: true });
  const written = {
    campaignId,
    ...texts,
    hash: linted.built.hash || null,
    errors: countProblems(linted.problems).errors,
  };
  const saved = await db.transaction(async (trx) => {
    const present = await lockDraft(trx, campaignId);
    if (!present) return input.revision === 0 ? begin(trx, input, written) : stale(trx, campaignId);
    if (present.revision !== input.revision) return { kind: 'stale' as const, current: present };
    if (sameTexts(present, texts) && present.hash === written.hash) return { kind: 'saved' as const, changed: false };
    return change(trx, input, { present, written });
  });
  return saved.kind === 'saved' ? { ...saved, problems: linted.problems } : saved;
}

type Written = { kind: 'saved'; changed: boolean } | { kind: 'stale'; current: DraftRow | null };

async function stale(trx: Db, campaignId: string): Promise<Written> {
  if (!(await loadVersion(trx, { campaignId }))) throw noCampaign(campaignId);
  return { kind: 'stale', current: null };
}

/** The first save over the version in force. */
async function begin(trx: Db, { campaignId, texts, editor }: Save, written: DraftTexts): Promise<Written> {
  const current = await loadVersion(trx, { campaignId });
  const before = current && (await versionTexts(trx, { campaignId, version: current.version }));
  if (!before) throw noCampaign(campaignId);
  const row = await insertDraft(trx, { ...written, author: editor });
  if (!row) return { kind: 'stale', current: (await findDraft(trx, campaignId)) ?? null };
  await recordAudit(trx, {
    actor: editor,
    action: 'draft.saved',
    subject: campaignId,
    details: {
      revision: row.revision,
      over: `version ${current.version}`,
      ...draftChanges({ source: before.source, files: before.files ?? {} }, texts),
    },
  });
  return { kind: 'saved', changed: true };
}

async function change(
  trx: Db,
  { campaignId, texts, editor }: Save,
  { present, written }: { present: DraftRow; written: DraftTexts },
): Promise<Written> {
  const row = await updateDraft(trx, { ...written, editor, revision: present.revision });
  if (!row) throw new Error('a locked draft has the revision that was read');
  await recordAudit(trx, {
    actor: editor,
    action: 'draft.saved',
    subject: campaignId,
    details: { revision: row.revision, over: `revision ${present.revision}`, ...draftChanges(present, texts) },
  });
  await voidOpenApproval(trx, { campaignId, why: `changed by ${editor}`, actor: editor });
  return { kind: 'saved', changed: true };
}

/** Throws a draft away; false where somebody saved since `revision`, undefined where there is none. */
export async function discardDraft(input: {
  db: Knex;
  campaignId: string;
  revision: number;
  actor: Actor;
}): Promise<{ kind: 'discarded' } | { kind: 'stale'; current: DraftRow } | { kind: 'none' }> {
  const { db, campaignId, revision, actor } = input;
  return db.transaction(async (trx) => {
    const present = await lockDraft(trx, campaignId);
    if (!present) return { kind: 'none' };
    if (present.revision !== revision) return { kind: 'stale', current: present };
    await voidOpenApproval(trx, { campaignId, why: `the draft was discarded by ${actor}`, actor });
    await deleteDraft(trx, campaignId);
    const details = { revision, hash: present.hash, author: present.author, editor: present.editor };
    await recordAudit(trx, { actor, action: 'draft.discarded', subject: campaignId, details });
    return { kind: 'discarded' };
  });
}
