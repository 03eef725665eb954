import { namedWave } from '../../app/named.ts';
import { prove } from '../../app/prove.ts';
import { standInAcceptances } from '../../worker/stand-in-acceptances.ts';
import type { RegisterCommands } from '../cli.ts';
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
        const report = await prove({ db, wave, standIns: await standInAcceptances(cli.config, options.standins) });
        if (!report.proved) cli.setExitCode(1);
        cli.print(report, () => proofText(report));
      }),
    );
};
