import type { Command } from 'commander';
import { wakeDeliveries } from '../../app/control.ts';
import { engageKill, killStatus, releaseKill, type KillSwitch } from '../../app/kill-switch.ts';
import type { Cli, RegisterCommands, RunCommand } from '../cli.ts';
import { tableOr } from '../format/table.ts';
import { time } from '../format/time.ts';

interface Options {
  campaign?: string;
  reason: string;
}

export const register: RegisterCommands = (program, run) => {
  const kill = program.command('kill').description('the kill switch: stop all sending, or a campaign’s, at once');
  registerEngage(kill, run);
  registerRelease(kill, run);
  kill
    .command('status')
    .description('what is stopped')
    .option('--all', 'released switches too')
    .action(
      run(async (cli, options: { all?: true }) => {
        const switches = await killStatus({ db: await cli.db(), all: options.all ?? false });
        cli.print({ switches }, () => listed(switches));
      }),
    );
};

function registerEngage(kill: Command, run: RunCommand): void {
  kill
    .command('engage')
    .description('stop sending: in force for the next claim and the next intent')
    .option('--campaign <id>', 'only this campaign; else everything')
    .requiredOption('--reason <text>', 'for the audit log')
    .action(
      run(async (cli, options: Options) => {
        const result = await engageKill({ ...(await order(cli, options)) });
        cli.print(result, () => `${result.changed ? 'engaged' : 'was engaged already'}\n\n${listed(result.inForce)}`);
      }),
    );
}

function registerRelease(kill: Command, run: RunCommand): void {
  kill
    .command('release')
    .description('let sending go on')
    .option('--campaign <id>', 'the switch of this campaign; else the global one')
    .requiredOption('--reason <text>', 'for the audit log')
    .action(
      run(async (cli, options: Options) => {
        const result = await releaseKill({ ...(await order(cli, options)) });
        if (result.changed) await wake(cli, options.campaign);
        cli.print(result, () => `${result.changed ? 'released' : 'was not engaged'}\n\n${listed(result.inForce)}`);
      }),
    );
}

async function order(cli: Cli, options: Options) {
  return { db: await cli.db(), campaignId: options.campaign, reason: options.reason, actor: cli.actor };
}

/** Waiting deliveries look within the hour anyway: a Temporal that doesn't answer is worth a note only. */
async function wake(cli: Cli, campaignId: string | undefined): Promise<void> {
  try {
    const woken = await wakeDeliveries(await cli.temporal(), campaignId);
    cli.note(`${woken} waiting deliveries were told`);
  } catch {
    cli.note('Temporal did not answer: waiting deliveries go on within the hour');
  }
}

function listed(switches: readonly KillSwitch[]): string {
  return tableOr(
    'no kill switch is engaged; engage one with `recallwave kill engage --reason TEXT`',
    ['what', 'reason', 'engaged', 'by', 'released', 'by'],
    switches.map((row) => [
      row.campaignId ?? 'everything',
      row.reason,
      time(row.engagedAt),
      row.engagedBy,
      time(row.releasedAt),
      row.releasedBy,
    ]),
  );
}
