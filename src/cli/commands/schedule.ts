import type { Command } from 'commander';
import {
  backfillDates,
  describeSchedules,
  pauseSchedule,
  resumeSchedule,
  triggerSchedule,
  type ScheduleLine,
} from '../../app/schedules.ts';
import type { Cli, RegisterCommands, RunCommand } from '../cli.ts';
import { localDate } from '../format/options.ts';
import { table } from '../format/table.ts';
import { time } from '../format/time.ts';

export const register: RegisterCommands = (program, run) => {
  const schedule = program.command('schedule').description('when campaigns run by themselves');
  registerLooks(schedule, run);
  registerPauses(schedule, run);
  registerRuns(schedule, run);
};

function registerLooks(schedule: Command, run: RunCommand): void {
  schedule
    .command('list')
    .description('the Schedule of each campaign and its next run')
    .action(
      run(async (cli) => {
        const schedules = await describeSchedules({ client: await cli.temporal(), db: await cli.db() });
        cli.print({ schedules }, () => listed(schedules));
      }),
    );
  schedule
    .command('show')
    .argument('<campaign>')
    .description('one Schedule with its next and latest runs')
    .action(
      run(async (cli, campaignId: string) => {
        const line = await one(cli, campaignId);
        cli.print(line, () => shown(line));
      }),
    );
}

function registerPauses(schedule: Command, run: RunCommand): void {
  const reason = ['--reason <text>', 'for the audit log', 'no reason given'] as const;
  schedule
    .command('pause')
    .argument('<campaign>')
    .description('pause the campaign: no new wave starts, running ones hold what they have not sent')
    .option(...reason)
    .action(
      run(async (cli, campaignId: string, options: { reason: string }) => {
        await pauseSchedule({ ...(await order(cli, campaignId)), reason: options.reason });
        const line = await one(cli, campaignId);
        cli.print(line, () => `${campaignId} is paused: no new wave starts until it is resumed`);
      }),
    );
  schedule
    .command('resume')
    .argument('<campaign>')
    .description("let the campaign's waves start and go on again; dates that passed meanwhile are not made up for")
    .option(...reason)
    .action(
      run(async (cli, campaignId: string, options: { reason: string }) => {
        await resumeSchedule({ ...(await order(cli, campaignId)), reason: options.reason });
        const line = await one(cli, campaignId);
        cli.print(line, () => `${campaignId} is active; next run ${time(line.next[0])}`);
      }),
    );
}

function registerRuns(schedule: Command, run: RunCommand): void {
  schedule
    .command('trigger')
    .argument('<campaign>')
    .description("run today's wave now, as the Schedule would; a second one finds the first")
    .action(
      run(async (cli, campaignId: string) => {
        const started = await triggerSchedule(await order(cli, campaignId));
        cli.print({ campaignId, ...started }, () => `started ${started.workflowId}`);
      }),
    );
  schedule
    .command('backfill')
    .argument('<campaign>')
    .requiredOption('--from <date>', 'first local date, YYYY-MM-DD', localDate)
    .requiredOption('--to <date>', 'last local date, YYYY-MM-DD', localDate)
    .description(
      'record what became of past dates: a finished wave is found, a missed date is skipped, nothing is sent late',
    )
    .action(
      run(async (cli, campaignId: string, dates: { from: string; to: string }) => {
        await backfillDates({ ...(await order(cli, campaignId)), ...dates, now: new Date() });
        cli.print(
          { campaignId, ...dates },
          () => `${campaignId}: dates ${dates.from} to ${dates.to} are being gone through`,
        );
      }),
    );
}

async function order(cli: Cli, campaignId: string) {
  return { client: await cli.temporal(), db: await cli.db(), campaignId, actor: cli.actor };
}

async function one(cli: Cli, campaignId: string): Promise<ScheduleLine> {
  const [line] = await describeSchedules({ client: await cli.temporal(), db: await cli.db(), campaignId });
  return line as ScheduleLine;
}

function listed(schedules: ScheduleLine[]): string {
  if (schedules.length === 0) return 'no campaigns; publish one with: recallwave campaign apply FILE';
  return table(
    ['campaign', 'state', 'at', 'time zone', 'next run', 'last run', 'next learning'],
    schedules.map((line) => [
      line.campaignId,
      line.state,
      line.at,
      line.timezone,
      time(line.next[0]),
      time(line.recent.at(-1)?.startedAt),
      line.learning.state === 'active' ? time(line.learning.next) : line.learning.state,
    ]),
  );
}

function shown(line: ScheduleLine): string {
  const next = line.next.map((at) => `  ${time(at)}`);
  const recent = line.recent.map((ran) => `  ${time(ran.startedAt)}  ${ran.workflowId}`);
  return [
    `${line.campaignId}: ${line.state}, at ${line.at} ${line.timezone}`,
    'next runs:',
    ...(next.length > 0 ? next : ['  –']),
    'latest runs:',
    ...(recent.length > 0 ? recent : ['  –']),
    `learning: ${line.learning.state}, ${line.learning.at}; next ${time(line.learning.next)}, last ${time(line.learning.last)}`,
  ].join('\n');
}
