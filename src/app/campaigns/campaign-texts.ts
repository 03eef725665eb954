import type { Db } from '../../db/connect.ts';
import { attributeCatalogue } from '../../db/queries/attributes.ts';
import { loadVersion } from '../../db/queries/campaigns.ts';
import type { Campaign } from '../../domain/campaign.schema.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import type { StoredContents } from '../../templates/facts.ts';
import { namedCampaign } from '../named.ts';
import { buildCampaign, mustBeValid } from './build-campaign.ts';
import type { CampaignFile } from './file/campaign-source.ts';

/** A campaign with its texts; `version` null: from a file that need not be applied yet. */
export interface CampaignTexts {
  campaign: Campaign;
  contents: StoredContents;
  version: number | null;
}

/** A published version of a campaign. */
export interface PublishedTexts {
  campaignId: string;
  version: number;
}

/**
 * Opens a campaign by its file (a name that ends with .yaml or .yml, or files in memory), by its id (the version in force) or by a
 * published version. Throws CampaignInvalid for a file with errors, NotFound for an unknown id or version.
 */
export async function openCampaignTexts(db: Db, fileOrId: CampaignFile | PublishedTexts): Promise<CampaignTexts> {
  if (typeof fileOrId === 'object' && 'version' in fileOrId) return openVersion(db, fileOrId);
  if (typeof fileOrId !== 'string' || /\.ya?ml$/i.test(fileOrId)) {
    const built = await buildCampaign({ file: fileOrId, catalogue: await attributeCatalogue(db) });
    return { campaign: mustBeValid(built), contents: built.contents, version: null };
  }
  const loaded = await loadVersion(db, { campaignId: await namedCampaign(db, fileOrId) });
  if (!loaded) throw new RecallwaveError('NotFound', `campaign ${fileOrId} has no version`, 'apply its file first');
  return { campaign: loaded.campaign, contents: loaded.contents, version: loaded.version };
}

async function openVersion(db: Db, { campaignId, version }: PublishedTexts): Promise<CampaignTexts> {
  const loaded = await loadVersion(db, { campaignId: await namedCampaign(db, campaignId), version });
  if (loaded) return { campaign: loaded.campaign, contents: loaded.contents, version };
  throw new RecallwaveError(
    'NotFound',
    `campaign ${campaignId} has no version ${version}`,
    'see the versions on its page',
  );
}
