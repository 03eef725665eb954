import { liveNote } from '../../config/live.ts';
import type { Stack } from '../../worker/stack/stack.ts';
import type { Cli, RegisterCommands } from '../cli.ts';
import { count } from '../format/options.ts';
import { untilInterrupted } from '../interrupt.ts';

interface StartOptions {
  empty?: true;
  users: number;
}

export const register: RegisterCommands = (program, run) => {
  program
    .command('start')
    .description('PostgreSQL, Temporal, worker, pages and stand-ins on this machine, until Ctrl-C; data are kept')
    .option('--empty', 'do not fill a new installation with the sample company')
    .option('--users <n>', 'how many users the sample company has', count, 5_000)
    .action(run((cli, options: StartOptions) => start(cli, options)));
};

async function start(cli: Cli, options: StartOptions): Promise<void> {
  const interrupted = untilInterrupted();
  const { startStack } = await import('../../worker/stack/stack.ts');
  const stack = await startStack({ env: process.env, overrides: { live: cli.config.live }, note: cli.note });
  try {
    cli.note(liveNote(stack.config));
    const busy = interrupted.signal.aborted ? Promise.resolve() : serve(cli, stack, options);
    await Promise.race([interrupted.promise, stack.done, busy.then(() => interrupted.promise)]);
  } finally {
    cli.note('ending: what is in flight is finished first …');
    await stack.stop();
  }
  cli.note(`ended; data are kept in ${stack.config.home}`);
}

async function serve(cli: Cli, stack: Stack, { empty, users }: StartOptions): Promise<void> {
  const { isUnused } = await import('../../app/demo/import-sample.ts');
  // Sample people are nobody's customers: a live installation begins empty.
  if (!empty && !stack.config.live && (await isUnused(stack.db))) {
    cli.note('a new installation: filling it with a sample company (npm start -- --empty leaves it empty)');
    const { runSampleDay } = await import('../sample-day.ts');
    const { sampleDayText } = await import('../format/sample-day-text.ts');
    const day = await runSampleDay(cli, stack, users);
    cli.print({ home: stack.config.home, ...day }, () => sampleDayText(day));
  }
  const way = await wayIn(stack);
  cli.note(
    [
      'Running; Ctrl-C ends it.',
      ...way,
      `  data       ${stack.config.home}`,
      `  database   ${stack.databaseUrl.replace(/:[^:@/]*@/, ':…@')}`,
      `  Temporal   ${stack.temporalAddress} (namespace ${stack.config.temporal.namespace})`,
      `  pages      ${stack.apiUrl} (/health, /metrics)`,
      `  log        ${stack.logFile}`,
      'In another terminal, from this folder:',
      '  npx recallwave schedule list',
      '  npx recallwave wave list',
      '  npx recallwave inbox list',
    ].join('\n'),
  );
}

/** How a person gets into the console: the one-time link of the first admin, and the accounts of the sample company. */
async function wayIn({ db, apiUrl }: Stack): Promise<string[]> {
  const { inviteFirstAdmin } = await import('../../app/people/invitations.ts');
  const { DEMO_ACCOUNTS, DEMO_PASSWORD, hasDemoAccounts } = await import('../../app/demo/demo-accounts.ts');
  const token = await inviteFirstAdmin(db);
  const demo = await hasDemoAccounts(db);
  return [
    `  console    ${apiUrl}/`,
    ...(token === null ? [] : [`  first admin, one-time link, 72 hours: ${apiUrl}/invitation/${token}`]),
    ...(demo
      ? [
          `  demo       log in as ${DEMO_ACCOUNTS.map(({ login }) => login).join(' or ')}, password "${DEMO_PASSWORD}", from this machine only`,
        ]
      : []),
  ];
}
