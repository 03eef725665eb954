import { liveNote } from '../../config/live.ts';
import type { RegisterCommands } from '../cli.ts';
import { untilInterrupted } from '../interrupt.ts';

export const register: RegisterCommands = (program, run) => {
  program
    .command('worker')
    .description('run a worker with its public pages on your own Temporal and PostgreSQL, until Ctrl-C or SIGTERM')
    .action(
      run(async (cli) => {
        const interrupted = untilInterrupted();
        const { runWorkerProcess } = await import('../../worker/main.ts');
        const serving = await runWorkerProcess({ config: cli.config, note: cli.note, signal: interrupted.signal });
        cli.note(liveNote(cli.config));
        cli.note(`working; pages, /health and /metrics at ${serving.api.url}`);
        try {
          await Promise.race([interrupted.promise, serving.done]);
        } finally {
          cli.note('ending: what is in flight is finished first …');
          await serving.stop();
        }
        cli.note('ended');
      }),
    );
};
