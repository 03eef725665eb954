import { home, type Home } from '../../app/home.ts';
import { healthDetails } from '../../app/health-details.ts';
import type { Cli, RegisterCommands } from '../cli.ts';
import { number, table } from '../format/table.ts';
import { time } from '../format/time.ts';

export const register: RegisterCommands = (program, run) => {
  program
    .command('status')
    .description('what runs, what waits for a person, alarms and stops')
    .option('--health', 'what answers, who works, and what is due when')
    .action(run((cli, options: { health?: true }) => (options.health ? health(cli) : overview(cli))));
};

async function overview(cli: Cli): Promise<void> {
  const checkTemporal = async (): Promise<void> =>
    void (await (await cli.temporal()).workflowService.getSystemInfo({}));
  const shown = await home({ db: await cli.db(), now: new Date(), checkTemporal });
  cli.print(shown, () => homeText(shown));
}

async function health(cli: Cli): Promise<void> {
  const { namespace, queuePrefix } = cli.config.temporal;
  const temporal = () => cli.temporal();
  const details = await healthDetails({ db: await cli.db(), temporal, namespace, queuePrefix, now: new Date() });
  cli.print(details, () =>
    table(
      ['part', 'answers', 'ms'],
      details.parts.map(({ part, ok, ms }) => [part, ok ? 'yes' : 'no', ms === null ? null : String(Math.round(ms))]),
    ),
  );
  if (details.status !== 'ok') cli.setExitCode(1);
}

function homeText({ running, decisions, alarms, killSwitches, health: answers }: Home): string {
  const { waves, proposals, unknownMessages } = decisions;
  const lines = [
    ...killSwitches.map((one) => `STOPPED: ${one.campaignId ?? 'everything'}, ${one.reason} (${one.engagedBy})`),
    ...(answers.temporal ? [] : ['Temporal does not answer: nothing starts']),
    ...running.map(({ wave, steps }) => {
      const channels = steps.flatMap((step) => step.channels);
      const [sent, planned] = [sum(channels.map((one) => one.accepted)), sum(channels.map((one) => one.planned))];
      return `wave ${wave.waveNo} (${wave.campaignId}/${wave.localDate}): ${wave.state}, ${number(sent)} of ${number(planned)} sent`;
    }),
    ...waves.map((one) => `waits for a person: wave ${one.waveNo}, ${one.state}: ${one.stateReason ?? 'see it'}`),
    ...unknownMessages.map(
      (one) => `waits for a person: ${number(one.messages)} unknown messages of wave ${one.waveNo}`,
    ),
    ...proposals.map((one) => `waits for a person: proposal ${one.proposalNo} of ${one.campaignId}: ${one.sentence}`),
    ...alarms.map((one) => `alarm ${time(one.at)}: ${one.message}`),
  ];
  return lines.length === 0
    ? 'nothing runs and nothing waits; see the past with `recallwave wave list`'
    : lines.join('\n');
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
