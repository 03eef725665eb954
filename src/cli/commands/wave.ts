import type { Command } from 'commander';
import { abortWave, pauseWave, resumeWave } from '../../app/control.ts';
import { forecastWave } from '../../app/forecast.ts';
import { namedCampaign, namedWave } from '../../app/named.ts';
import { rehearse } from '../../app/rehearse.ts';
import { startWave, waitForWave, type WaveRun } from '../../app/run-wave.ts';
import { approveWave } from '../../app/waves/runs.ts';
import { waveReport, waves } from '../../app/wave-report.ts';
import { liveNote } from '../../config/live.ts';
import type { Cli, RegisterCommands, RunCommand } from '../cli.ts';
import { count, localDate, moment } from '../format/options.ts';
import { registerWaveLists } from '../wave/lists.ts';
import { rehearsalText } from '../format/rehearsal-text.ts';
import { tableOr } from '../format/table.ts';
import { time } from '../format/time.ts';
import { channelTable, forecastText, waveText } from '../format/wave-text.ts';

export const register: RegisterCommands = (program, run) => {
  const wave = program.command('wave').description('waves: one run of a campaign on a local date');
  registerLooks(wave, run);
  registerRehearse(wave, run);
  registerRun(wave, run);
  registerControl(wave, run);
  registerWaveLists(wave, run);
};

const NAME = 'its number, campaign/date, or the campaign (its latest wave)';

function registerLooks(wave: Command, run: RunCommand): void {
  wave
    .command('list')
    .description('the newest waves')
    .option('--campaign <id>', 'only of this campaign')
    .option('--limit <n>', 'how many', count, 20)
    .action(
      run(async (cli, options: { campaign?: string; limit: number }) => {
        const found = await waves({ db: await cli.db(), campaignId: options.campaign, limit: options.limit });
        cli.print({ waves: found }, () =>
          tableOr(
            'no wave has run yet; try one out with `recallwave wave rehearse CAMPAIGN`, start one with `recallwave wave run CAMPAIGN`',
            ['wave', 'campaign', 'date', 'version', 'state', 'audience', 'decided', 'by'],
            found.map((row) => [
              String(row.waveNo),
              row.campaignId,
              row.localDate,
              row.version === null ? null : String(row.version),
              row.trigger === 'recorded' ? `${row.state} (recorded)` : row.state,
              row.audience,
              time(row.decisionAt),
              row.actor,
            ]),
          ),
        );
      }),
    );
  wave
    .command('show')
    .argument('<wave>', NAME)
    .description('the waterfall, arms, channels, coupons, cost and forecast of a wave')
    .action(
      run(async (cli, name: string) => {
        const report = await reportOf(cli, name);
        cli.print(report, () => waveText(report));
      }),
    );
  wave
    .command('status')
    .argument('<wave>', NAME)
    .description('how far a wave is, in a few lines')
    .action(
      run(async (cli, name: string) => {
        const { wave: row, killed, steps, forecast } = await reportOf(cli, name);
        const progress = steps.map(({ step, audience, notPlanned, channels }) => ({
          step,
          audience,
          notPlanned,
          channels,
        }));
        cli.print({ wave: row, killed, steps: progress, forecast }, () => {
          const held = killed === null ? '' : `, kill switch engaged: ${killed}`;
          const tables = progress.map((step) => `step ${step.step}\n${channelTable(step.channels)}`);
          return [`wave ${row.waveNo} (${row.campaignId}/${row.localDate}): ${row.state}${held}`, ...tables].join(
            '\n\n',
          );
        });
      }),
    );
  wave
    .command('forecast')
    .argument('<wave>', NAME)
    .description('when each channel will be through')
    .action(
      run(async (cli, name: string) => {
        const db = await cli.db();
        const { waveNo } = await namedWave(db, name);
        const forecast = await forecastWave({ db, waveNo, now: new Date() });
        cli.print({ waveNo, forecast }, () =>
          forecast.length === 0
            ? `wave ${waveNo} has nothing open; see \`recallwave prove ${waveNo}\``
            : forecastText(forecast),
        );
      }),
    );
}

async function reportOf(cli: Cli, name: string) {
  const db = await cli.db();
  return waveReport({ db, wave: await namedWave(db, name), now: new Date() });
}

function registerRehearse(wave: Command, run: RunCommand): void {
  wave
    .command('rehearse')
    .argument('<campaign>')
    .description('what a wave would do, by the code that does it; nothing is written or sent')
    .option('--at <time>', 'decide as if it were this time (ISO 8601 with offset)', moment)
    .action(
      run(async (cli, campaignId: string, options: { at?: Date }) => {
        const db = await cli.db();
        await namedCampaign(db, campaignId);
        const progress = cli.progress('users');
        const onProgress = (done: number, total: number): void => progress.update(done, total);
        const report = await rehearse({ db, campaignId, decisionAt: options.at ?? new Date(), onProgress });
        progress.end();
        cli.print(report, () => rehearsalText(report));
      }),
    );
}

function registerRun(wave: Command, run: RunCommand): void {
  wave
    .command('run')
    .argument('<campaign>')
    .description("start today's wave by hand; a second start finds the first one's wave")
    .option('--date <date>', "the wave's local date (YYYY-MM-DD), today in the campaign's zone", localDate)
    .option('--approve', 'let a wave go that waits for a person')
    .option('--no-wait', 'return when it is started')
    .action(
      run(async (cli, campaignId: string, options: { date?: string; approve?: true; wait: boolean }) => {
        const db = await cli.db();
        await namedCampaign(db, campaignId);
        const client = await cli.temporal();
        cli.note(liveNote(cli.config));
        const { queuePrefix } = cli.config.temporal;
        const approve = options.approve ?? false;
        const { workflowId } = await startWave({
          client,
          campaignId,
          localDate: options.date,
          actor: cli.actor,
          queuePrefix,
          approve,
        });
        if (!options.wait) return cli.print({ workflowId, run: null }, () => `started as ${workflowId}`);
        const progress = cli.progress('sent');
        const outcome = await waitForWave({ client, campaignId, workflowId, onProgress: (now) => show(progress, now) });
        progress.end();
        if (outcome.outcome === 'not_run' && !foundAlive(outcome)) cli.setExitCode(1);
        cli.print({ workflowId, run: outcome }, () => runText(campaignId, outcome));
      }),
    );
}

function show(progress: { update(done: number, total?: number): void }, now: WaveRun): void {
  const totals = Object.values(now.deliveries).map((delivery) => delivery.totals);
  const done = totals.reduce((sum, counts) => sum + counts.accepted, 0);
  progress.update(done, now.wave?.planned.contacted);
}

/** A double start: the date has its wave already. */
function foundAlive({ campaign: { disposition, reason } }: WaveRun): boolean {
  return disposition === 'found' && !['skipped', 'aborted', 'failed'].includes(reason ?? '');
}

function runText(campaignId: string, { outcome, campaign, waitingUntil }: WaveRun): string {
  const waveNo = campaign.waveNo === null ? '' : ` ${campaign.waveNo}`;
  const reason = campaign.reason === null ? '' : `: ${campaign.reason}`;
  switch (outcome) {
    case 'not_run':
      return `${campaignId} did not run, ${(campaign.disposition ?? 'no answer').replace('_', ' ')}${reason}; see \`recallwave wave show ${campaignId}\``;
    case 'waiting':
      return `wave${waveNo} has sent what is due; the next message is due at ${time(waitingUntil)}`;
    default:
      return `wave${waveNo} is ${outcome}${reason}\nnext: \`recallwave wave show${waveNo}\` and \`recallwave prove${waveNo}\``;
  }
}

const CONTROLS = [
  ['pause', pauseWave, 'stop sending until it is resumed; nothing is lost'],
  ['resume', resumeWave, 'let a paused or halted wave go on'],
  ['abort', abortWave, 'end a wave for good: what is not submitted is cancelled, codes and budget go back'],
] as const;

function registerControl(wave: Command, run: RunCommand): void {
  wave
    .command('approve')
    .argument('<wave>', NAME)
    .description('let a wave go that waits for a person because of its size')
    .requiredOption('--reason <text>', 'for the audit log')
    .action(
      run(async (cli, name: string, { reason }: { reason: string }) => {
        const db = await cli.db();
        const { waveNo } = await namedWave(db, name);
        const { queuePrefix } = cli.config.temporal;
        const order = { db, temporal: () => cli.temporal(), queuePrefix, actor: cli.actor, waveNo, reason };
        const started = await approveWave(order);
        cli.print({ waveNo, ...started }, () => `wave ${waveNo} goes on, as ${started.workflowId}`);
      }),
    );
  for (const [verb, change, description] of CONTROLS) {
    wave
      .command(verb)
      .argument('<wave>', NAME)
      .description(description)
      .option('--reason <text>', 'for the audit log', 'no reason given')
      .action(
        run(async (cli, name: string, options: { reason: string }) => {
          const db = await cli.db();
          const { waveNo } = await namedWave(db, name);
          const order = { db, waveNo, actor: cli.actor, reason: options.reason, temporal: () => cli.temporal() };
          const result = await change(order);
          if (result.note !== null) cli.note(result.note);
          cli.print({ waveNo, ...result }, () => `wave ${waveNo} is ${result.state}`);
        }),
      );
  }
}
