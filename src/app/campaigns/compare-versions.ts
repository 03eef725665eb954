import type { Knex } from 'knex';
import { loadVersion, type LoadedVersion } from '../../db/queries/campaigns.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import { namedCampaign } from '../named.ts';
import { definitionDifferences, textDifferences, type Difference } from './plan/differences.ts';

/** What differs between two published versions, in the definition and in the texts. */
export interface VersionDifferences {
  from: number;
  to: number;
  differences: Difference[];
  texts: Difference[];
}

/** Compares two versions of a campaign. Throws NotFound. */
export async function compareVersions(
  db: Knex,
  input: { name: string; from: number; to: number },
): Promise<VersionDifferences> {
  const campaignId = await namedCampaign(db, input.name);
  const before = await mustLoad(db, { campaignId, version: input.from });
  const after = await mustLoad(db, { campaignId, version: input.to });
  return {
    from: before.version,
    to: after.version,
    differences: definitionDifferences(before.campaign, after.campaign),
    texts: textDifferences(before.contents, after.contents),
  };
}

async function mustLoad(db: Knex, key: { campaignId: string; version: number }): Promise<LoadedVersion> {
  const loaded = await loadVersion(db, key);
  if (loaded) return loaded;
  throw new RecallwaveError(
    'NotFound',
    `${key.campaignId} has no version ${key.version}`,
    'see its versions in the history',
  );
}
