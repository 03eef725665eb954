import { stat } from 'node:fs/promises';
import { namedWave } from '../../app/named.ts';
import { prove, type StandInAcceptances } from '../../app/prove.ts';
import { eachAcceptance } from '../../channels/stand-ins/acceptances.ts';
import { acceptancesFileIn } from '../../channels/stand-ins/index.ts';
import { sendsLive } from '../../config/live.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import type { Cli, RegisterCommands } from '../cli.ts';
import { proofText } from '../format/proof-text.ts';

export const register: RegisterCommands = (program, run) => {
  program
    .command('prove')
    .argument('<wave>', 'its number, campaign/date, or the campaign (its latest wave)')
    .description('balance a wave user by user, and check it against what was accepted; exit 1 on any difference')
    .option('--standins <folder>', 'where the stand-ins keep their acceptances (default: those of this installation)')
    .action(
      run(async (cli, name: string, options: { standins?: string }) => {
        const db = await cli.db();
        const wave = await namedWave(db, name);
        const report = await prove({ db, wave, standIns: await standInsOf(cli, options.standins) });
        if (!report.proved) cli.setExitCode(1);
        cli.print(report, () => proofText(report));
      }),
    );
};

/** A folder that was named must have the file; the installation's own may not have any yet. */
async function standInsOf(cli: Cli, named: string | undefined): Promise<StandInAcceptances | undefined> {
  const file = acceptancesFileIn(named ?? cli.config.standIns.folder);
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
    (channel) => named !== undefined || !sendsLive(cli.config, channel),
  );
  return { file, channels, read: () => eachAcceptance(file) };
}
