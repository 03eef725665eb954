import type { Actor } from '../../domain/actor.ts';
import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';

/** A draft of a campaign as it is kept. */
export interface DraftRow {
  campaignId: string;
  /** Grows with every change, never comes back. */
  revision: number;
  source: string;
  files: Record<string, string>;
  /** sha256 (hex) of definition and compiled texts; null: it can't be read as a campaign. */
  hash: string | null;
  /** Found when it was saved. */
  errors: number;
  author: Actor;
  editor: Actor;
  updatedAt: Date;
}

/** A draft without its texts. */
export type DraftHead = Omit<DraftRow, 'source' | 'files'>;

/** What saving writes. */
export interface DraftTexts {
  campaignId: string;
  source: string;
  files: Readonly<Record<string, string>>;
  hash: string | null;
  errors: number;
}

const HEAD = sql`campaign_id as "campaignId", revision, hash, errors, author, editor, updated_at as "updatedAt"`;

/** The open draft of a campaign. */
export async function findDraft(db: Db, campaignId: string): Promise<DraftRow | undefined> {
  const [row] = await rows<DraftRow>(
    db,
    sql`select ${HEAD}, source, files from campaign_drafts where campaign_id = ${campaignId}`,
  );
  return row;
}

/** The same, locked until the transaction ends. */
export async function lockDraft(trx: Db, campaignId: string): Promise<DraftRow | undefined> {
  const [row] = await rows<DraftRow>(
    trx,
    sql`select ${HEAD}, source, files from campaign_drafts where campaign_id = ${campaignId} for update`,
  );
  return row;
}

/** Every open draft, in order of campaign. */
export function listDrafts(db: Db): Promise<DraftHead[]> {
  return rows(db, sql`select ${HEAD} from campaign_drafts order by campaign_id`);
}

/** Begins a draft; undefined where the campaign has one. */
export async function insertDraft(db: Db, draft: DraftTexts & { author: Actor }): Promise<DraftRow | undefined> {
  const { campaignId, source, hash, errors, author } = draft;
  const [row] = await rows<DraftRow>(
    db,
    sql`insert into campaign_drafts (campaign_id, revision, source, files, hash, errors, author, editor)
      values (${campaignId}, nextval('draft_revisions'), ${source}, ${JSON.stringify(draft.files)}, ${hash}, ${errors},
        ${author}, ${author})
      on conflict (campaign_id) do nothing returning ${HEAD}, source, files`,
  );
  return row;
}

/** Writes the next revision where `revision` is still the last one; undefined where it isn't. */
export async function updateDraft(
  db: Db,
  draft: DraftTexts & { editor: Actor; revision: number },
): Promise<DraftRow | undefined> {
  const { campaignId, source, hash, errors, editor } = draft;
  const [row] = await rows<DraftRow>(
    db,
    sql`update campaign_drafts set revision = nextval('draft_revisions'), source = ${source},
        files = ${JSON.stringify(draft.files)}, hash = ${hash}, errors = ${errors}, editor = ${editor}, updated_at = now()
      where campaign_id = ${campaignId} and revision = ${draft.revision} returning ${HEAD}, source, files`,
  );
  return row;
}

/** Takes a draft away; false where there was none. */
export async function deleteDraft(db: Db, campaignId: string): Promise<boolean> {
  const gone = await rows(db, sql`delete from campaign_drafts where campaign_id = ${campaignId} returning campaign_id`);
  return gone.length > 0;
}
