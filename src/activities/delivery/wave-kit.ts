import type { Db } from '../../db/connect.ts';
import { loadVersion } from '../../db/queries/campaigns.ts';
import { linkNumbers } from '../../db/queries/links.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import type { Campaign } from '../../domain/campaign.schema.ts';
import type { Renderer } from '../../templates/facts.ts';
import { createRenderer } from '../../templates/render.ts';

/** What a published version needs to send: it never changes, so it is made once per process. */
export interface WaveKit {
  campaign: Campaign;
  renderer: Renderer;
  /** Numbers of the campaign's tracked links by name. */
  links: Record<string, number>;
}

const KEPT_VERSIONS = 16;

/** Loads kits and keeps the last few; throws RecallwaveError NotFound for an unknown version. */
export function createKits(db: Db): (input: { campaignId: string; version: number }) => Promise<WaveKit> {
  const kits = new Map<string, Promise<WaveKit>>();
  return (input) => {
    const key = `${input.campaignId}@${input.version}`;
    let kit = kits.get(key);
    if (!kit) {
      kit = loadKit(db, input);
      kits.set(key, kit);
      kit.catch(() => kits.delete(key));
      const oldest = kits.keys().next().value;
      if (kits.size > KEPT_VERSIONS && oldest !== undefined) kits.delete(oldest);
    }
    return kit;
  };
}

async function loadKit(db: Db, input: { campaignId: string; version: number }): Promise<WaveKit> {
  const loaded = await loadVersion(db, input);
  if (!loaded) throw new RecallwaveError('NotFound', `there is no version ${input.version} of ${input.campaignId}`);
  const { campaign, contents } = loaded;
  return {
    campaign,
    renderer: createRenderer({ contents, locales: campaign.locales }),
    links: await linkNumbers(db, { campaignId: input.campaignId, urls: campaign.links }),
  };
}
