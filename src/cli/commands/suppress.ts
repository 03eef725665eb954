import { Option, type Command } from 'commander';
import { suppress, SUPPRESSED_CHANNELS, suppressions, unsuppress, type SuppressedChannel } from '../../app/suppress.ts';
import type { Cli, RegisterCommands, RunCommand } from '../cli.ts';
import { count } from '../format/options.ts';
import { tableOr } from '../format/table.ts';
import { time } from '../format/time.ts';

export const register: RegisterCommands = (program, run) => {
  const command = program.command('suppress').description('users and addresses that get nothing');
  registerAdd(command, run);
  registerLift(command, run);
  registerList(command, run);
};

interface ChangeOptions {
  address?: true;
  channel: SuppressedChannel;
  reason: string;
}

const channelOption = (): Option =>
  new Option('--channel <channel>', 'what is suppressed').choices([...SUPPRESSED_CHANNELS]);

async function order(cli: Cli, who: string, options: ChangeOptions) {
  const { channel, reason, address } = options;
  return { db: await cli.db(), who, isAddress: address ?? false, channel, reason, actor: cli.actor };
}

function registerAdd(command: Command, run: RunCommand): void {
  command
    .command('add')
    .argument('<user>', 'user id, or an address with --address')
    .description('suppress a user with his addresses, or an address; in force for the next claim and intent')
    .option('--address', 'the argument is an e-mail address or a phone number')
    .addOption(channelOption().default('all'))
    .requiredOption('--reason <text>', 'for the audit log')
    .action(
      run(async (cli, who: string, options: ChangeOptions) => {
        const { changed } = await suppress(await order(cli, who, options));
        cli.print({ changed, channel: options.channel }, () => (changed ? 'suppressed' : 'was suppressed already'));
      }),
    );
}

function registerLift(command: Command, run: RunCommand): void {
  command
    .command('lift')
    .argument('<user>', 'user id, or an address with --address')
    .description('lift a suppression; consent is another matter and stays as it is')
    .option('--address', 'the argument is an e-mail address or a phone number')
    .addOption(channelOption().default('all'))
    .requiredOption('--reason <text>', 'for the audit log')
    .action(
      run(async (cli, who: string, options: ChangeOptions) => {
        const { lifted } = await unsuppress(await order(cli, who, options));
        cli.print({ lifted, channel: options.channel }, () => `lifted ${lifted}`);
      }),
    );
}

function registerList(command: Command, run: RunCommand): void {
  command
    .command('list')
    .description('the newest suppressions')
    .addOption(channelOption())
    .option('--lifted', 'lifted ones too')
    .option('--limit <n>', 'how many', count, 50)
    .action(
      run(async (cli, options: { channel?: SuppressedChannel; lifted?: true; limit: number }) => {
        const { channel, lifted = false, limit } = options;
        const found = await suppressions({ db: await cli.db(), channel, lifted, limit });
        cli.print({ suppressions: found }, () =>
          tableOr(
            'nobody is suppressed; add one with `recallwave suppress add USER --reason TEXT`, or `recallwave import suppressions FILE`',
            ['user', 'address', 'channel', 'reason', 'since', 'by', 'lifted'],
            found.map((row) => [
              row.userId,
              row.address,
              row.channel,
              row.reason,
              time(row.at),
              row.actor,
              time(row.liftedAt),
            ]),
          ),
        );
      }),
    );
}
