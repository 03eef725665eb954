import { InvalidArgumentError, type Command } from 'commander';
import { wakeDeliveries } from '../../app/control.ts';
import { changeThrottle, resumeStopped, throttles, type ChannelThrottle } from '../../app/throttle.ts';
import type { RegisterCommands, RunCommand } from '../cli.ts';
import { table } from '../format/table.ts';
import { time } from '../format/time.ts';

export const register: RegisterCommands = (program, run) => {
  const throttle = program.command('throttle').description('messages per second of each provider, over all workers');
  throttle
    .command('show')
    .description('the limits in force, and stopped providers')
    .action(
      run(async (cli) => {
        const found = await throttles(await cli.db());
        cli.print({ throttles: found }, () => shown(found));
      }),
    );
  registerChanges(throttle, run);
};

function registerChanges(throttle: Command, run: RunCommand): void {
  throttle
    .command('set')
    .argument('<channel>', 'email, sms, push or task')
    .argument('<rate>', 'messages per second, or none', rate)
    .description('limit a provider; in force at once')
    .action(
      run(async (cli, name: string, ratePerS: number | 'none') => {
        const value = ratePerS === 'none' ? null : ratePerS;
        const found = await changeThrottle({ db: await cli.db(), name, ratePerS: value, actor: cli.actor });
        cli.print({ throttles: found }, () => shown(found));
      }),
    );
  throttle
    .command('resume')
    .argument('<channel>', 'email, sms, push or task')
    .description('let a provider send again that was stopped for wrong credentials or a suspended account')
    .requiredOption('--reason <text>', 'for the audit log')
    .action(
      run(async (cli, name: string, options: { reason: string }) => {
        const result = await resumeStopped({ db: await cli.db(), name, actor: cli.actor, reason: options.reason });
        if (result.changed) {
          // Waiting deliveries look within the hour anyway: a Temporal that doesn't answer is worth a note only.
          await cli
            .temporal()
            .then((client) => wakeDeliveries(client))
            .catch(() => cli.note('Temporal did not answer: waiting deliveries go on within the hour'));
        }
        cli.print(result, () => `${result.changed ? 'resumed' : 'was not stopped'}\n\n${shown(result.throttles)}`);
      }),
    );
}

function rate(text: string): number | 'none' {
  if (text === 'none') return 'none';
  const value = Number(text);
  if (!(value > 0) || value > 1e6) throw new InvalidArgumentError('write messages per second above 0, or none');
  return value;
}

function shown(found: readonly ChannelThrottle[]): string {
  return table(
    ['channel', 'provider', 'per second', 'from', 'stopped', 'why'],
    found.map((row) => [
      row.channel,
      row.provider,
      row.ratePerS === null ? 'no limit' : String(row.ratePerS),
      row.from,
      time(row.stoppedAt),
      row.stoppedWhy,
    ]),
  );
}
