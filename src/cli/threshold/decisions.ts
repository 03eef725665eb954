import type { Command } from 'commander';
import { applyProposal, rejectProposal, revertProposal, type DecidedThreshold } from '../../app/thresholds.ts';
import type { Cli, RunCommand } from '../cli.ts';
import { count } from '../format/options.ts';
import { appliedText, rejectedText, revertedText } from '../format/threshold-decision-text.ts';

type Decide = typeof applyProposal;

/** Adds `apply`, `reject` and `revert` to the group `recallwave threshold`. */
export function registerDecisions(threshold: Command, run: RunCommand): void {
  const proposal = ['<proposal>', 'its number', count] as const;
  threshold
    .command('apply')
    .argument(...proposal)
    .option('--reason <text>', 'for the ledger', 'applied by hand')
    .description('put a proposal in force for the next wave')
    .action(run(decideBy(applyProposal, appliedText)));
  threshold
    .command('reject')
    .argument(...proposal)
    .requiredOption('--reason <text>', 'for the ledger')
    .description('decline a proposal; the next cycle may make it again')
    .action(run(decideBy(rejectProposal, rejectedText)));
  threshold
    .command('revert')
    .argument(...proposal)
    .requiredOption('--reason <text>', 'for the ledger')
    .description('take an applied proposal back: the earlier numbers as a new version')
    .action(run(decideBy(revertProposal, revertedText)));
}

function decideBy(decide: Decide, text: (decided: DecidedThreshold) => string) {
  return async (cli: Cli, proposalNo: number, options: { reason: string }): Promise<void> => {
    const order = { db: await cli.db(), proposalNo, actor: cli.actor, reason: options.reason, now: new Date() };
    const decided = await decide(order);
    cli.print(decided, () => text(decided));
  };
}
