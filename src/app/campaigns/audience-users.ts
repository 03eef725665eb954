import type { Db } from '../../db/connect.ts';
import { audienceUsersAfter, type AudienceFilter, type AudienceUser } from '../../db/queries/audience-pages.ts';
import { versionInForce } from './audience.ts';
import { audienceQuestion } from './lint/facts.ts';

export type { AudienceUser } from '../../db/queries/audience-pages.ts';

/** The users behind a number of a campaign's audience as it is at a moment, by user number. Throws NotFound. */
export async function audienceUsers(
  db: Db,
  input: AudienceFilter & { campaignId: string; at: Date; afterNo: number; limit: number },
): Promise<AudienceUser[]> {
  const { campaignId, at, ...page } = input;
  const { campaign } = await versionInForce(db, campaignId);
  const { question } = await audienceQuestion(db, { campaign, decisionAt: at });
  return audienceUsersAfter(db, { ...page, question });
}
