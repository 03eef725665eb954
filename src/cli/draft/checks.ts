import type { Command } from 'commander';
import { problemText } from '../../app/campaigns/file/finding.ts';
import { countText, isPublishable } from '../../app/campaigns/lint-campaign.ts';
import { planCampaign } from '../../app/campaigns/plan-campaign.ts';
import { draftFiles } from '../../app/drafts/draft-files.ts';
import { lintTexts } from '../../app/drafts/lint-draft.ts';
import { rehearseDraft } from '../../app/drafts/rehearse-draft.ts';
import { showDraft } from '../../app/drafts/show-draft.ts';
import { planText } from '../campaign/plan-text.ts';
import type { Cli, RunCommand } from '../cli.ts';
import { moment } from '../format/options.ts';
import { rehearsalText } from '../format/rehearsal-text.ts';

/** Adds `lint`, `plan` and `rehearse` to the group `recallwave draft`. */
export function registerChecks(draft: Command, run: RunCommand): void {
  draft
    .command('lint')
    .argument('<campaign>')
    .description('what is wrong with the saved draft; exit 1 where there are errors')
    .action(run(lint));
  draft
    .command('plan')
    .argument('<campaign>')
    .description('what publishing the saved draft would change, and whom it touches; nothing is written')
    .action(run(plan));
  draft
    .command('rehearse')
    .argument('<campaign>')
    .description('what a wave of the saved draft would do if it were published; nothing is written or sent')
    .option('--at <time>', 'decide as if it were this time (ISO 8601 with offset)', moment)
    .action(run(rehearse));
}

async function lint(cli: Cli, campaignId: string): Promise<void> {
  const db = await cli.db();
  const texts = await showDraft(db, campaignId);
  const linted = await lintTexts({ db, texts, campaignId, now: new Date(), quick: false });
  const { problems } = linted;
  const publishable = isPublishable(linted);
  cli.print({ campaignId, revision: texts.revision, publishable, problems }, () =>
    [...problems.map(problemText), countText(problems)].join('\n'),
  );
  if (!publishable) cli.setExitCode(1);
}

async function plan(cli: Cli, campaignId: string): Promise<void> {
  const db = await cli.db();
  const planned = await planCampaign({ db, file: await draftFiles(db, campaignId), now: new Date() });
  cli.print(planned, () => planText(planned));
  planned.problems.forEach((problem) => cli.note(problemText(problem)));
  if (planned.problems.some((problem) => problem.severity === 'error')) cli.setExitCode(1);
}

async function rehearse(cli: Cli, campaignId: string, options: { at?: Date }): Promise<void> {
  const progress = cli.progress('users');
  const report = await rehearseDraft({
    db: await cli.db(),
    campaignId,
    actor: cli.actor,
    decisionAt: options.at ?? new Date(),
    onProgress: (done, total) => progress.update(done, total),
  });
  progress.end();
  cli.print(report, () => rehearsalText(report));
}
