import { liveNote } from '../../config/live.ts';
import type { RegisterCommands } from '../cli.ts';
import { untilInterrupted } from '../interrupt.ts';

export const register: RegisterCommands = (program, run) => {
  program
    .command('start')
    .description('PostgreSQL, Temporal, worker, pages and stand-ins on this machine, until Ctrl-C; data are kept')
    .action(
      run(async (cli) => {
        const interrupted = untilInterrupted();
        const { startStack } = await import('../../worker/stack/stack.ts');
        const stack = await startStack({ env: process.env, overrides: { live: cli.config.live }, note: cli.note });
        cli.note(liveNote(stack.config));
        try {
          cli.note('running; Ctrl-C ends it');
          await Promise.race([interrupted.promise, stack.done]);
        } finally {
          cli.note('ending: what is in flight is finished first …');
          await stack.stop();
        }
        cli.note('ended');
      }),
    );
};
