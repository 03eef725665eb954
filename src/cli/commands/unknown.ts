import { Option, type Command } from 'commander';
import { settleMessage, settleWave, unknownMessages } from '../../app/unknown.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import type { RegisterCommands, RunCommand } from '../cli.ts';
import { count } from '../format/options.ts';
import { tableOr } from '../format/table.ts';
import { time } from '../format/time.ts';

export const register: RegisterCommands = (program, run) => {
  const unknown = program.command('unknown').description('messages that may or may not have gone out');
  registerList(unknown, run);
  registerSettle(unknown, run);
};

function registerList(unknown: Command, run: RunCommand): void {
  unknown
    .command('list')
    .description('unknown messages, oldest first')
    .option('--wave <wave>', 'only of this wave')
    .option('--limit <n>', 'how many', count, 50)
    .action(
      run(async (cli, options: { wave?: string; limit: number }) => {
        const messages = await unknownMessages({ db: await cli.db(), ...options });
        cli.print({ messages }, () =>
          tableOr(
            'the fate of every message is known',
            ['message', 'wave', 'channel', 'submitted', 'why'],
            messages.map((row) => [
              String(row.messageNo),
              String(row.waveNo),
              row.channel,
              time(row.submittedAt),
              row.reason,
            ]),
          ),
        );
      }),
    );
}

interface SettleOptions {
  wave?: string;
  fate: 'sent' | 'not_sent';
  reason: string;
}

function registerSettle(unknown: Command, run: RunCommand): void {
  unknown
    .command('settle')
    .argument('[message]', 'message number; else every unknown message of --wave', count)
    .description('say what became of unknown messages, after looking at the provider')
    .option('--wave <wave>', 'all of this wave')
    .addOption(
      new Option('--fate <fate>', 'sent: keeps its reservation; not_sent: gives code and budget back')
        .choices(['sent', 'not_sent'])
        .makeOptionMandatory(),
    )
    .requiredOption('--reason <text>', 'for the audit log')
    .action(
      run(async (cli, messageNo: number | undefined, options: SettleOptions) => {
        const { wave, fate, reason } = options;
        if ((messageNo === undefined) === (wave === undefined)) {
          throw new RecallwaveError('BadInput', 'say what to settle', 'name one message, or a wave with --wave');
        }
        const order = { db: await cli.db(), as: fate, reason, actor: cli.actor };
        const result =
          messageNo === undefined
            ? await settleWave({ ...order, wave: wave ?? '' })
            : await settleMessage({ ...order, messageNo });
        cli.print({ ...result, fate }, () => `settled ${result.settled} as ${fate}`);
      }),
    );
}
