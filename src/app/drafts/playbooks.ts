import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { ActionKind, ChannelName } from '../../domain/words.ts';
import { nearest } from '../../domain/nearest.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import { buildCampaign } from '../campaigns/build-campaign.ts';
import { parseCampaignFile } from '../campaigns/file/parse-campaign-file.ts';
import { shippedCampaignFiles } from '../demo/shipped-campaigns.ts';
import type { Texts } from './draft-files.ts';

/** A campaign that ships with Recallwave, to begin one's own from. */
export interface Playbook {
  id: string;
  /** The id in its file; a campaign that begins from it takes another. */
  campaignId: string;
  name: Record<string, string>;
  description: Record<string, string>;
  locales: string[];
  channels: ChannelName[];
  actions: { id: string; kind: ActionKind }[];
}

/** The playbooks, in order of id. */
export async function listPlaybooks(): Promise<Playbook[]> {
  const read = (await shippedCampaignFiles()).map(async (file) => {
    const { campaign } = parseCampaignFile(await readFile(file, 'utf8'), file);
    if (!campaign) throw new Error(`${file} ships with errors`);
    const steps = campaign.actions.flatMap((action) => action.arms.flatMap((arm) => arm.steps));
    return {
      id: idOf(file),
      campaignId: campaign.campaign,
      name: campaign.name,
      description: campaign.description ?? {},
      locales: campaign.locales,
      channels: [...new Set(steps.flatMap((step) => step.channels))],
      actions: campaign.actions.map(({ id, kind }) => ({ id, kind })),
    };
  });
  return Promise.all(read);
}

/** A playbook's YAML and texts, with the id of a campaign of one's own. Throws NotFound with what there is. */
export async function playbookTexts(id: string, campaignId: string): Promise<Texts> {
  const all = await shippedCampaignFiles();
  const file = all.find((one) => idOf(one) === id);
  if (file === undefined) {
    const known = all.map(idOf);
    const meant = nearest(id, known);
    const fix = meant === undefined ? `there are: ${known.join(', ')}` : `did you mean ${meant}?`;
    throw new RecallwaveError('NotFound', `there is no playbook ${id}`, fix);
  }
  const { source, files } = await buildCampaign({ file, catalogue: null });
  return { source: source.replace(/^campaign:.*$/m, `campaign: ${campaignId}`), files };
}

function idOf(file: string): string {
  return basename(dirname(file));
}
