import Table from 'cli-table3';
import { describeTargets } from '../../config/live.ts';
import { shownConfig } from '../../config/shown-config.ts';
import type { RegisterCommands } from '../cli.ts';

export const register: RegisterCommands = (program, run) => {
  const config = program.command('config').description('how this installation is set up');
  config
    .command('show')
    .description('the configuration in force, secrets masked, and where each channel sends to')
    .action(
      run(async (cli) => {
        const variables = shownConfig(cli.config, process.env);
        const channels = describeTargets(cli.config);
        cli.print({ home: cli.config.home, live: cli.config.live, channels, variables }, () => {
          const settings = plainTable(['variable', 'value', 'from']);
          for (const { name, value, source } of variables) settings.push([name, value, source]);
          const targets = plainTable(['channel', 'goes to']);
          for (const [channel, { why }] of Object.entries(channels)) targets.push([channel, why]);
          return `${settings.toString()}\n\n${targets.toString()}`;
        });
      }),
    );
};

function plainTable(head: string[]) {
  return new Table({
    head,
    style: { head: [], border: [], compact: true },
  });
}
