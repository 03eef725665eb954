import type { Db } from '../../db/connect.ts';
import type { Finding } from '../campaigns/file/finding.ts';
import { inOrder } from '../campaigns/file/parse-campaign-file.ts';
import { lintCampaign, type LintedCampaign } from '../campaigns/lint-campaign.ts';
import { filesInMemory, type Texts } from './draft-files.ts';

/**
 * Lints texts that may not be saved. `campaignId`: the campaign that they must be of; `quick`: without counting users, for
 * somebody who is typing.
 */
export async function lintTexts(input: {
  db: Db;
  texts: Texts;
  campaignId?: string | undefined;
  now: Date;
  quick: boolean;
}): Promise<LintedCampaign> {
  const { db, now, quick, campaignId } = input;
  const linted = await lintCampaign({ file: filesInMemory(input.texts), db, now, quick });
  const { built } = linted;
  const named = built.campaign?.campaign;
  if (campaignId === undefined || named === undefined || named === campaignId) return linted;
  const problems = inOrder([...linted.problems, built.place(otherCampaign(campaignId, named))]);
  return { ...linted, problems };
}

function otherCampaign(meant: string, named: string): Finding {
  return {
    rule: 'campaign-id',
    severity: 'error',
    path: ['campaign'],
    what: `the file says ${named}, the draft is of ${meant}`,
    fix: `write campaign: ${meant}`,
  };
}
