import type { Actor } from '../../domain/actor.ts';
import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';

/** Somebody's leave to publish a draft as it stood, for waves of at most so many users (rule 8). */
export interface ApprovalRow {
  approvalNo: number;
  campaignId: string;
  revision: number;
  /** sha256 (hex) of definition and compiled texts. */
  hash: string;
  maxAudience: number;
  /** The version that was in force then. */
  overVersion: number | null;
  approver: Actor;
  at: Date;
  voidedAt: Date | null;
  voidedWhy: string | null;
  publishedVersion: number | null;
}

const COLUMNS = sql`approval_no as "approvalNo", campaign_id as "campaignId", revision, hash, max_audience as "maxAudience",
  over_version as "overVersion", approver, at, voided_at as "voidedAt", voided_why as "voidedWhy",
  published_version as "publishedVersion"`;

const OPEN = sql`voided_at is null and published_at is null`;

/** The approval that stands for a campaign's draft. */
export async function openApproval(db: Db, campaignId: string): Promise<ApprovalRow | undefined> {
  const [row] = await rows<ApprovalRow>(
    db,
    sql`select ${COLUMNS} from approvals where campaign_id = ${campaignId} and ${OPEN}`,
  );
  return row;
}

/** Every approval that stands, in order of campaign. */
export function openApprovals(db: Db): Promise<ApprovalRow[]> {
  return rows(db, sql`select ${COLUMNS} from approvals where ${OPEN} order by campaign_id`);
}

/** The last approvals of a campaign, the newest first. */
export function latestApprovals(db: Db, input: { campaignId: string; limit: number }): Promise<ApprovalRow[]> {
  return rows(
    db,
    sql`select ${COLUMNS} from approvals where campaign_id = ${input.campaignId} order by approval_no desc
      limit ${input.limit}`,
  );
}

/** Writes an approval; the caller has voided the one before. */
export async function insertApproval(
  db: Db,
  input: Pick<ApprovalRow, 'campaignId' | 'revision' | 'hash' | 'maxAudience' | 'overVersion' | 'approver'>,
): Promise<ApprovalRow> {
  const [row] = await rows<ApprovalRow>(
    db,
    sql`insert into approvals (campaign_id, revision, hash, max_audience, over_version, approver)
      values (${input.campaignId}, ${input.revision}, ${input.hash}, ${input.maxAudience}, ${input.overVersion},
        ${input.approver}) returning ${COLUMNS}`,
  );
  if (!row) throw new Error('an insert returned no row');
  return row;
}

/** Voids the approval that stands; undefined where none does. */
export async function voidApproval(
  db: Db,
  input: { campaignId: string; why: string },
): Promise<ApprovalRow | undefined> {
  const [row] = await rows<ApprovalRow>(
    db,
    sql`update approvals set voided_at = now(), voided_why = ${input.why}
      where campaign_id = ${input.campaignId} and ${OPEN} returning ${COLUMNS}`,
  );
  return row;
}

/** Binds an approval to the version that it let into force. */
export async function useApproval(db: Db, input: { approvalNo: number; version: number }): Promise<void> {
  await rows(
    db,
    sql`update approvals set published_version = ${input.version}, published_at = now()
      where approval_no = ${input.approvalNo}`,
  );
}

/** Users that a wave of a version may have by its last approval; null: the version was not approved. */
export async function approvedMaximum(db: Db, input: { campaignId: string; version: number }): Promise<number | null> {
  const [row] = await rows<{ maximum: number }>(
    db,
    sql`select max_audience as maximum from approvals
      where campaign_id = ${input.campaignId} and published_version = ${input.version}
      order by approval_no desc limit 1`,
  );
  return row?.maximum ?? null;
}
