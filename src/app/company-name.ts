import type { Db } from '../db/connect.ts';
import { currentSettings } from '../db/queries/settings.ts';

/** The company's name by the settings in force. */
export async function companyName(db: Db): Promise<string> {
  return (await currentSettings(db)).settings.company;
}
