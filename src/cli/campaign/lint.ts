import type { Command } from 'commander';
import { problemText } from '../../app/campaigns/file/finding.ts';
import { countText, isPublishable, lintCampaign, type LintedCampaign } from '../../app/campaigns/lint-campaign.ts';
import { detectionText } from '../../app/campaigns/lint/power-rules.ts';
import type { Cli, RunCommand } from '../cli.ts';
import { moment } from '../format/options.ts';

interface LintFlags {
  offline?: true;
  at?: Date;
}

/** Adds `lint` to the group `recallwave campaign`. */
export function registerLint(campaign: Command, run: RunCommand): void {
  campaign
    .command('lint <files...>')
    .description('find what is wrong with campaign files, and what will go wrong; exit 1 where there are errors')
    .option('--offline', 'without a look at the database')
    .option('--at <time>', 'as if it were this time', moment)
    .action(run(lint));
}

async function lint(cli: Cli, files: string[], flags: LintFlags): Promise<void> {
  const db = flags.offline ? null : await cli.db();
  const results: LintedCampaign[] = [];
  for (const file of files) results.push(await lintCampaign({ file, db, now: flags.at ?? new Date() }));
  cli.print({ files: results.map(toJson) }, () => results.map(toText).join('\n\n'));
  if (!results.every(isPublishable)) cli.setExitCode(1);
}

function toJson(linted: LintedCampaign): object {
  const { built, problems, data } = linted;
  return {
    file: built.file,
    campaign: built.campaign?.campaign ?? null,
    publishable: isPublishable(linted),
    problems,
    detections: data?.detections ?? null,
  };
}

function toText({ built, problems, data }: LintedCampaign): string {
  const { campaign } = built;
  const power = campaign ? (data?.detections ?? []).map((one) => `${one.action}: ${detectionText(one, campaign)}`) : [];
  return [...problems.map(problemText), `${built.file}: ${countText(problems)}`, ...power].join('\n');
}
