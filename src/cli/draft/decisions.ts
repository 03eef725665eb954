import type { Command } from 'commander';
import { approveDraft, withdrawApproval } from '../../app/drafts/approve-draft.ts';
import { noDraft } from '../../app/drafts/draft-files.ts';
import { publishDraft } from '../../app/drafts/publish-draft.ts';
import { showDraft } from '../../app/drafts/show-draft.ts';
import { scheduleOf, scheduleText } from '../campaign/apply.ts';
import type { Cli, RunCommand } from '../cli.ts';
import { count } from '../format/options.ts';
import { number } from '../format/table.ts';
import { draftChanged, overtaken, ownDraft, unapproved } from './refusals.ts';

const HASH = ['--hash <hash>', 'only the draft with this hash (default: the one that is there)'] as const;

/** Adds `approve`, `withdraw` and `publish` to the group `recallwave draft`. */
export function registerDecisions(draft: Command, run: RunCommand): void {
  draft
    .command('approve')
    .argument('<campaign>')
    .description('approve the draft as it is; not for its author and last editor')
    .requiredOption('--max-audience <n>', 'waves with more users wait for a person', count)
    .option(...HASH)
    .action(run(approve));
  draft
    .command('withdraw')
    .argument('<campaign>')
    .description('take back the approval that stands: the draft is not published')
    .action(
      run(async (cli, campaignId: string) => {
        const changed = await withdrawApproval({ db: await cli.db(), campaignId, actor: cli.actor });
        cli.print({ campaignId, changed }, () =>
          changed ? `the approval of ${campaignId} is withdrawn` : `no approval of ${campaignId} stood`,
        );
      }),
    );
  draft
    .command('publish')
    .argument('<campaign>')
    .description('put the approved draft in force; its waves run by themselves up to the approved audience')
    .option(...HASH)
    .action(run(publish));
}

interface HashOption {
  hash?: string;
}

async function hashOf(cli: Cli, campaignId: string, { hash }: HashOption): Promise<string> {
  const shown = await showDraft(await cli.db(), campaignId);
  if (shown.revision === 0) throw noDraft(campaignId);
  return hash ?? shown.hash ?? '';
}

async function approve(cli: Cli, campaignId: string, options: HashOption & { maxAudience: number }): Promise<void> {
  const { maxAudience } = options;
  const hash = await hashOf(cli, campaignId, options);
  const order = { campaignId, hash, maxAudience, approver: cli.actor, now: new Date() };
  const result = await approveDraft({ db: await cli.db(), ...order });
  if (result.kind === 'stale') throw draftChanged(result.current);
  if (result.kind === 'own') throw ownDraft(result.role);
  cli.print(result.approval, () =>
    [
      `${campaignId} revision ${result.approval.revision} is approved for waves of up to ${number(maxAudience)} users`,
      `put it in force with: recallwave draft publish ${campaignId}`,
    ].join('\n'),
  );
}

async function publish(cli: Cli, campaignId: string, options: HashOption): Promise<void> {
  const hash = await hashOf(cli, campaignId, options);
  const result = await publishDraft({ db: await cli.db(), campaignId, hash, actor: cli.actor, now: new Date() });
  if (result.kind === 'stale') throw draftChanged(result.current);
  if (result.kind === 'unapproved') throw unapproved(campaignId);
  if (result.kind === 'overtaken') throw overtaken(result.version);
  const schedule = await scheduleOf(cli, campaignId);
  const { applied, maxAudience } = result;
  cli.print({ ...applied, maxAudience, schedule }, () =>
    [`${campaignId} version ${applied.version} is in force`, scheduleText(schedule)].join('\n'),
  );
}
