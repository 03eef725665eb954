import type { Command } from 'commander';
import { campaignOverviews, type DraftLine } from '../../app/campaigns/overview.ts';
import { beginDraft } from '../../app/drafts/begin-draft.ts';
import { discardDraft } from '../../app/drafts/save-draft.ts';
import { showDraft, type ShownDraft } from '../../app/drafts/show-draft.ts';
import { noDraft } from '../../app/drafts/draft-files.ts';
import type { Cli, RegisterCommands, RunCommand } from '../cli.ts';
import { registerChecks } from '../draft/checks.ts';
import { registerDecisions } from '../draft/decisions.ts';
import { registerSave } from '../draft/save.ts';
import { draftChanged } from '../draft/refusals.ts';
import { count } from '../format/options.ts';
import { tableOr } from '../format/table.ts';
import { time } from '../format/time.ts';

/** Adds `recallwave draft …`: campaigns as the console edits them, approved by a second person before they are published. */
export const register: RegisterCommands = (program, run) => {
  const draft = program.command('draft').description('drafts of campaigns, as the console edits them');
  registerLooks(draft, run);
  registerEnds(draft, run);
  registerSave(draft, run);
  registerChecks(draft, run);
  registerDecisions(draft, run);
};

function registerLooks(draft: Command, run: RunCommand): void {
  draft
    .command('list')
    .description('open drafts, and whether one may be published')
    .action(
      run(async (cli) => {
        const all = await campaignOverviews(await cli.db(), new Date());
        const drafts = all.flatMap(({ draft: one }) => one ?? []);
        cli.print({ drafts }, () => listed(drafts));
      }),
    );
  draft
    .command('show')
    .argument('<campaign>')
    .description('the open draft; without one (revision 0) the version in force to begin from')
    .option('--source', 'print its YAML')
    .action(
      run(async (cli, campaignId: string, options: { source?: true }) => {
        const shown = await showDraft(await cli.db(), campaignId);
        cli.print(shown, () => (options.source ? shown.source : draftText(shown)));
      }),
    );
}

function registerEnds(draft: Command, run: RunCommand): void {
  draft
    .command('begin')
    .argument('<campaign>', 'id of the new campaign')
    .description('begin a new campaign as a draft, from a playbook or from a small one')
    .option('--playbook <id>', 'of `recallwave playbook list`')
    .action(
      run(async (cli, campaignId: string, options: { playbook?: string }) => {
        const db = await cli.db();
        const playbook = options.playbook ?? null;
        await beginDraft({ db, campaignId, playbook, author: cli.actor, now: new Date() });
        const begun = await showDraft(db, campaignId);
        cli.print(begun, () => draftText(begun));
      }),
    );
  draft
    .command('discard')
    .argument('<campaign>')
    .description('throw the draft away; what is published stays')
    .requiredOption('--revision <n>', 'the revision that was looked at', count)
    .action(
      run((cli, campaignId: string, options: { revision: number }) => discard(cli, campaignId, options.revision)),
    );
}

async function discard(cli: Cli, campaignId: string, revision: number): Promise<void> {
  const result = await discardDraft({ db: await cli.db(), campaignId, revision, actor: cli.actor });
  if (result.kind === 'none') throw noDraft(campaignId);
  if (result.kind === 'stale') throw draftChanged(result.current);
  cli.print({ campaignId, revision, discarded: true }, () => `the draft of ${campaignId} is discarded`);
}

function listed(drafts: readonly DraftLine[]): string {
  return tableOr(
    'no draft is open; begin one with `recallwave draft begin CAMPAIGN`, or save a change of a published campaign',
    ['campaign', 'revision', 'errors', 'changed', 'by', 'begun by', 'approved'],
    drafts.map((row) => [
      row.campaignId,
      row.revision,
      row.errors,
      time(row.updatedAt),
      row.editor,
      row.author,
      row.approval === null ? 'no' : `${row.approval.approver}, up to ${row.approval.maxAudience} users`,
    ]),
  );
}

/** A draft in a few lines, with what to do next. */
function draftText(shown: ShownDraft): string {
  const { campaignId, revision, approval } = shown;
  if (revision === 0) {
    return `${campaignId} has no draft; version ${shown.versionInForce} is in force: change it with \`recallwave draft save FILE\``;
  }
  const approved =
    approval === null
      ? `not approved; somebody else does it with \`recallwave draft approve ${campaignId} --max-audience N\``
      : `approved by ${approval.approver} for waves of up to ${approval.maxAudience} users; publish it with \`recallwave draft publish ${campaignId}\``;
  return [
    `draft of ${campaignId}, revision ${revision}, ${shown.errors} errors, hash ${shown.hash?.slice(0, 12) ?? '–'}`,
    `begun by ${shown.author}, changed by ${shown.editor} at ${time(shown.updatedAt)}; in force: version ${shown.versionInForce ?? 'none'}`,
    approved,
    `texts: ${Object.keys(shown.files).join(', ') || 'none'}`,
  ].join('\n');
}
