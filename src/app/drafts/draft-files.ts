import type { Db } from '../../db/connect.ts';
import { findDraft } from '../../db/queries/drafts.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import type { CampaignFile, FilesInMemory } from '../campaigns/file/campaign-source.ts';
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

/** The saved draft of a campaign. Throws NotFound without one, CampaignInvalid where its file names another campaign. */
export async function draftFiles(db: Db, campaignId: string): Promise<FilesInMemory> {
  const draft = await findDraft(db, campaignId);
  if (!draft) throw noDraft(campaignId);
  return ofCampaign(campaignId, draft);
}

/**
 * What to preview of a campaign: `texts` that aren't saved, else its draft, else the version in force. Throws CampaignInvalid
 * for texts of another campaign.
 */
export async function previewFiles(
  db: Db,
  { campaignId, texts }: { campaignId: string; texts?: Texts | undefined },
): Promise<CampaignFile> {
  const open = texts ?? (await findDraft(db, campaignId));
  return open ? ofCampaign(campaignId, open) : campaignId;
}

function ofCampaign(campaignId: string, texts: Texts): FilesInMemory {
  const files = filesInMemory(texts);
  const { campaign } = parseCampaignFile(files.source, files.name);
  if (campaign && campaign.campaign !== campaignId) throw otherCampaign(campaignId, campaign.campaign);
  return files;
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
