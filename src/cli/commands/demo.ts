import { relative, resolve } from 'node:path';
import type { Cli, RegisterCommands } from '../cli.ts';
import { sampleDayText } from '../format/sample-day-text.ts';
import { count } from '../format/options.ts';

export const register: RegisterCommands = (program, run) => {
  program
    .command('demo')
    .description("a sample company's recall day, from import to proof, with nothing but this machine")
    .option('--users <n>', 'how many users the company has', count, 5_000)
    .action(run((cli, options: { users: number }) => demo(cli, options.users)));
};

async function demo(cli: Cli, users: number): Promise<void> {
  const started = Date.now();
  const { startStack } = await import('../../worker/stack/stack.ts');
  const { wipeHome } = await import('../../worker/stack/wipe-home.ts');
  const home = resolve(process.env.RECALLWAVE_HOME ?? '.recallwave', 'demo');
  await wipeHome(home);
  cli.note(`demo in ${home}, made anew each time`);
  // Neither real people nor a real database, and on a Temporal that others use no queue that their workers serve.
  const env = { ...process.env, DATABASE_URL: '', TEMPORAL_QUEUE_PREFIX: `demo-${process.pid}` };
  const stack = await startStack({ env, overrides: { home, live: false }, note: cli.note });
  try {
    const { runSampleDay } = await import('../sample-day.ts');
    const { leaveNoTrace, refuseUsedNamespace } = await import('../../app/demo/borrowed-temporal.ts');
    const borrowed = stack.config.temporal.address !== undefined;
    if (borrowed) await refuseUsedNamespace(stack.temporal);
    const day = await runSampleDay(cli, stack, users);
    if (borrowed) await leaveNoTrace(stack.temporal, day.waves);
    const seconds = Math.round((Date.now() - started) / 1000);
    cli.print(
      { home, seconds, ...day },
      () =>
        `${sampleDayText(day)}\n\n${whereToLook(
          home,
          day.waves.map((wave) => wave.campaignId),
          seconds,
        )}`,
    );
    if (day.waves.some(({ proof }) => proof !== null && !proof.proved)) cli.setExitCode(1);
  } finally {
    await stack.stop();
  }
}

function whereToLook(home: string, campaignIds: string[], seconds: number): string {
  const place = relative('.', home);
  const folder = place.startsWith('..') ? home : place;
  const campaign = campaignIds[0] ?? 'CAMPAIGN';
  return [
    `Done in ${seconds} s. Where to look:`,
    `  export RECALLWAVE_HOME=${folder}`,
    '  npx recallwave inbox list',
    `  npx recallwave wave show ${campaign}`,
    `  npx recallwave prove ${campaign}`,
    '  npx recallwave why USER',
    `${folder}/recallwave.log is the log, ${folder}/stand-ins holds what was accepted.`,
    'npm start keeps everything up, with data of its own.',
  ].join('\n');
}
