import { existsSync } from 'node:fs';
import type { Knex } from 'knex';
import type { Actor } from '../../domain/actor.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import { attributeCatalogue } from '../../db/queries/attributes.ts';
import { loadVersion, setCampaignState, type LoadedVersion } from '../../db/queries/campaigns.ts';
import { applyCampaignFile } from '../campaigns/apply.ts';
import { buildCampaign, mustBeValid } from '../campaigns/build-campaign.ts';
import { namedCampaign } from '../named.ts';

/** The campaign of an experiment, and whether this import published it. */
export interface TargetCampaign {
  version: LoadedVersion;
  published: boolean;
}

const ID = /^[a-z0-9][a-z0-9-]{0,62}$/;

/**
 * Finds the campaign that `name` means: an id, or a file. The campaign of a file is published, and paused at once, where it isn't there; one that
 * is there stays as it is. Throws BadInput where the file differs from the version in force, NotFound for an unknown id.
 */
export async function targetCampaign(
  trx: Knex.Transaction,
  input: { name: string; actor: Actor; now: Date },
): Promise<TargetCampaign> {
  const { name } = input;
  const named = ID.test(name) ? await loadVersion(trx, { campaignId: name }) : null;
  if (named) return { version: named, published: false };
  if (ID.test(name) && !existsSync(name)) await namedCampaign(trx, name);
  const built = await buildCampaign({ file: name, catalogue: await attributeCatalogue(trx) });
  const { campaign: campaignId } = mustBeValid(built);
  const present = await loadVersion(trx, { campaignId });
  if (!present) return publishPaused(trx, { ...input, campaignId });
  if (present.hash === built.hash) return { version: present, published: false };
  throw new RecallwaveError(
    'BadInput',
    `${name} is not the version in force of campaign ${campaignId} (version ${present.version}); nothing was imported`,
    `apply it first with recallwave campaign apply ${name}, or import into the version in force with --campaign ${campaignId}`,
  );
}

async function publishPaused(
  trx: Knex.Transaction,
  input: { name: string; actor: Actor; now: Date; campaignId: string },
): Promise<TargetCampaign> {
  const { campaignId, actor } = input;
  await applyCampaignFile({ db: trx, path: input.name, actor, now: input.now });
  await setCampaignState(trx, { campaignId, state: 'paused', actor, reason: 'published for a recorded experiment' });
  const version = await loadVersion(trx, { campaignId });
  if (!version) throw new Error('a published campaign has a version');
  return { version, published: true };
}
