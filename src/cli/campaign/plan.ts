import type { Command } from 'commander';
import { planCampaign, type CampaignPlan } from '../../app/campaigns/plan-campaign.ts';
import { problemText } from '../../app/campaigns/file/finding.ts';
import type { Cli, RunCommand } from '../cli.ts';
import { moment } from '../format/options.ts';
import { planText } from './plan-text.ts';

interface PlanFlags {
  at?: Date;
  exitCode?: true;
}

/** Adds `plan` to the group `recallwave campaign`. */
export function registerPlan(campaign: Command, run: RunCommand): void {
  campaign
    .command('plan <file>')
    .description('what applying a file would change, and how many people it touches; nothing is written')
    .option('--at <time>', 'as if it were this time', moment)
    .option('--exit-code', 'exit 1 where there is something to apply')
    .action(run(plan));
}

async function plan(cli: Cli, file: string, flags: PlanFlags): Promise<void> {
  const planned = await planCampaign({ db: await cli.db(), file, now: flags.at ?? new Date() });
  cli.print(planned, () => planText(planned));
  planned.problems.forEach((problem) => cli.note(problemText(problem)));
  if (hasErrors(planned) || (flags.exitCode && planned.disposition !== 'unchanged')) cli.setExitCode(1);
}

function hasErrors(planned: CampaignPlan): boolean {
  return planned.problems.some((problem) => problem.severity === 'error');
}
