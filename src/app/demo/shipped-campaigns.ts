import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../../campaigns/', import.meta.url));

/** The files of the campaigns that ship with Recallwave, in order of name. */
export async function shippedCampaignFiles(): Promise<string[]> {
  const names = (await readdir(FOLDER)).toSorted();
  return names.map((name) => join(FOLDER, name, 'campaign.yaml')).filter((file) => existsSync(file));
}
