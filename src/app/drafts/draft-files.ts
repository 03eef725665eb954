import type { Db } from '../../db/connect.ts';
import { loadVersion, versionTexts } from '../../db/queries/campaigns.ts';
import { findDraft } from '../../db/queries/drafts.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import type { FilesInMemory } from '../campaigns/file/campaign-source.ts';
import { parseCampaignFile } from '../campaigns/file/parse-campaign-file.ts';

/** The YAML and the texts of a draft. */
export interface Texts {
  source: string;
  files: Readonly<Record<string, string>>;
}

/** What problems call the YAML of a draft. */
export const DRAFT_NAME = 'campaign.yaml';

/** Texts as lint, plan, preview and publishing take them. */
export function filesInMemory({ source, files }: Texts): FilesInMemory {
  return { name: DRAFT_NAME, source, files };
}

/**
 * The texts of a campaign's draft; without one those of the version in force. `texts`: ones that aren't saved. Throws
 * NotFound where there is neither, CampaignInvalid for texts of another campaign.
 */
export async function draftFiles(
  db: Db,
  input: { campaignId: string; texts?: Texts | undefined },
): Promise<FilesInMemory> {
  const texts = input.texts ?? (await findDraft(db, input.campaignId)) ?? (await textsInForce(db, input.campaignId));
  const files = filesInMemory(texts);
  const { campaign } = parseCampaignFile(files.source, files.name);
  if (campaign && campaign.campaign !== input.campaignId) throw otherCampaign(input.campaignId, campaign.campaign);
  return files;
}

async function textsInForce(db: Db, campaignId: string): Promise<Texts> {
  const current = await loadVersion(db, { campaignId });
  const texts = current && (await versionTexts(db, { campaignId, version: current.version }));
  if (!texts) throw noCampaign(campaignId);
  return { source: texts.source, files: texts.files ?? {} };
}

/** There is neither a draft nor a version. */
export function noCampaign(campaignId: string): RecallwaveError {
  return new RecallwaveError(
    'NotFound',
    `there is no campaign "${campaignId}"`,
    'begin one from a playbook, or look at the list of campaigns',
  );
}

/** The campaign has no draft. */
export function noDraft(campaignId: string): RecallwaveError {
  return new RecallwaveError(
    'NotFound',
    `${campaignId} has no draft: it was published or discarded`,
    'open the campaign again and save a change',
  );
}

function otherCampaign(meant: string, named: string): RecallwaveError {
  return new RecallwaveError(
    'CampaignInvalid',
    `campaign: the file says ${named}, the draft is of ${meant}`,
    `write campaign: ${meant}, or begin a new campaign called ${named}`,
  );
}
