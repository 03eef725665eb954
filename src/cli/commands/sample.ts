import { InvalidArgumentError, type Command } from 'commander';
import { writeSampleCompany } from '../../app/sample-company/write-sample-company.ts';
import { STAND_IN_PUSH_KEYS } from '../../channels/stand-ins/push-keys.ts';
import type { Cli, RunCommand } from '../cli.ts';

/** Adds `recallwave sample FOLDER`. */
export function register(program: Command, run: RunCommand): void {
  program
    .command('sample <folder>')
    .description('write the files of an invented company, to try imports and campaigns on')
    .option('--users <number>', 'how many customers', wholeNumber, 5000)
    .option('--seed <text>', 'the same seed gives the same company', 'recallwave')
    .action(
      run(async (cli: Cli, folder: string, flags: { users: number; seed: string }) => {
        const input = { folder, users: flags.users, seed: flags.seed, now: new Date(), pushKeys: STAND_IN_PUSH_KEYS };
        const files = await writeSampleCompany(input);
        cli.print({ folder, users: flags.users, seed: flags.seed, files }, () =>
          files.map(({ kind, path }) => `recallwave import ${kind} ${path}`).join('\n'),
        );
      }),
    );
}

function wholeNumber(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('write a whole number from 1 to 9999999');
}
