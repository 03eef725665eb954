import { Argument, type Command } from 'commander';
import { freezeThresholds, setLearningMode, type SwitchedLearning } from '../../app/thresholds.ts';
import { LEARNING_MODES, type LearningMode } from '../../domain/learning.ts';
import type { Cli, RunCommand } from '../cli.ts';

interface Options {
  segment?: string;
  reason: string;
}

/** Adds `freeze`, `unfreeze` and `mode` to the group `recallwave threshold`. */
export function registerSwitches(threshold: Command, run: RunCommand): void {
  const segment = ['--segment <segment>', 'only this segment; else the whole campaign'] as const;
  for (const [name, frozen] of [
    ['freeze', true],
    ['unfreeze', false],
  ] as const) {
    threshold
      .command(name)
      .argument('<campaign>')
      .option(...segment)
      .requiredOption('--reason <text>', 'for the ledger')
      .description(frozen ? 'hold the thresholds where they are' : 'let the thresholds move again')
      .action(
        run(async (cli, campaignId: string, options: Options) => {
          const switched = await freezeThresholds({ ...(await order(cli, campaignId, options)), frozen });
          cli.print(switched, () => switchedText(switched));
        }),
      );
  }
  threshold
    .command('mode')
    .argument('<campaign>')
    .addArgument(
      new Argument('<mode>', 'off: nothing is proposed; suggest: a person applies; auto: applied at once').choices(
        LEARNING_MODES,
      ),
    )
    .option(...segment)
    .option('--reason <text>', 'for the ledger', 'no reason given')
    .description('say whether outcomes propose thresholds, or move them')
    .action(
      run(async (cli, ...[campaignId, mode, options]: [string, LearningMode, Options]) => {
        const switched = await setLearningMode({ ...(await order(cli, campaignId, options)), mode });
        cli.print(switched, () => switchedText(switched));
      }),
    );
}

async function order(cli: Cli, campaignId: string, options: Options) {
  return { db: await cli.db(), campaignId, ...options, actor: cli.actor, now: new Date() };
}

function switchedText({ campaignId, segment, mode, frozen, changed }: SwitchedLearning): string {
  const of = segment === '*' ? `${campaignId}, every segment` : `${campaignId}, segment ${segment}`;
  return `${of}: mode ${mode}, ${frozen ? 'frozen by hand' : 'not frozen by hand'}${changed ? '' : ' (as before)'}`;
}
