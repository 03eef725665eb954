import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RecallwaveError } from '../../domain/failures.ts';
import { endPostgres } from './postgres.ts';
import { refuseSecond } from './run-record.ts';
import { endLeftover } from './temporal-server.ts';

/** Removes a home with its data, after ending what a killed process left running in it. Refuses folders that aren't one. */
export async function wipeHome(home: string): Promise<void> {
  const content = existsSync(home) ? await readdir(home) : [];
  if (content.length === 0) return;
  if (!content.includes('ports.json')) {
    throw new RecallwaveError(
      'BadInput',
      `${home} is not empty, and no Recallwave folder`,
      'move it away, or set RECALLWAVE_HOME',
    );
  }
  refuseSecond(home);
  await endLeftover(join(home, 'temporal.db'));
  const dataFolder = await endPostgres(home);
  await rm(dataFolder, { recursive: true, force: true });
  if (!dataFolder.startsWith(home)) await rm(dirname(dataFolder), { recursive: true, force: true });
  await rm(home, { recursive: true, force: true });
}
