import { stat } from 'node:fs/promises';
import type { StandInAcceptances } from '../app/prove.ts';
import { eachAcceptance } from '../channels/stand-ins/acceptances.ts';
import { acceptancesFileIn } from '../channels/stand-ins/index.ts';
import type { Config } from '../config/config.ts';
import { sendsLive } from '../config/live.ts';
import { RecallwaveError } from '../domain/failures.ts';

/**
 * What the stand-ins of this installation took, or those of a folder. A folder that was named must have the file (BadInput);
 * the installation's own may not have any yet: undefined.
 */
export async function standInAcceptances(config: Config, named?: string): Promise<StandInAcceptances | undefined> {
  const file = acceptancesFileIn(named ?? config.standIns.folder);
  const exists = await stat(file).then(
    () => true,
    () => false,
  );
  if (!exists && named !== undefined) {
    throw new RecallwaveError(
      'BadInput',
      `${file}: there is no such file`,
      'name the folder that the stand-ins write to',
    );
  }
  if (!exists) return undefined;
  // A folder that was named speaks for all channels, whatever this process would send to.
  const channels = (['email', 'sms', 'push'] as const).filter(
    (channel) => named !== undefined || !sendsLive(config, channel),
  );
  return { file, channels, read: () => eachAcceptance(file) };
}
