import { InvalidArgumentError, type Command } from 'commander';
import { buildCampaign } from '../../app/campaigns/build-campaign.ts';
import { problemText } from '../../app/campaigns/file/finding.ts';
import { saveDraft } from '../../app/drafts/save-draft.ts';
import { showDraft } from '../../app/drafts/show-draft.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import type { Cli, RunCommand } from '../cli.ts';
import { draftChanged } from './refusals.ts';

interface SaveOptions {
  campaign?: string;
  over?: number;
}

/** Adds `save` to the group `recallwave draft`. */
export function registerSave(draft: Command, run: RunCommand): void {
  draft
    .command('save')
    .argument('<file>', 'the campaign file; its texts are taken along')
    .description('save a campaign file as the draft, errors and all; a change voids its approval')
    .option('--campaign <id>', 'the campaign that it is of (default: the one that it names)')
    .option('--over <revision>', 'only over this revision; 0: over the version in force', revision)
    .action(run(save));
}

async function save(cli: Cli, file: string, options: SaveOptions): Promise<void> {
  const db = await cli.db();
  const built = await buildCampaign({ file, catalogue: null });
  const campaignId = options.campaign ?? built.campaign?.campaign;
  if (campaignId === undefined) throw nameless(file);
  const over = options.over ?? (await showDraft(db, campaignId)).revision;
  const texts = { source: built.source, files: built.files };
  const saved = await saveDraft({ db, campaignId, revision: over, texts, editor: cli.actor, now: new Date() });
  if (saved.kind === 'stale') throw draftChanged(saved.current);
  const { revision: now, hash, errors } = await showDraft(db, campaignId);
  const { changed, problems } = saved;
  cli.print({ campaignId, revision: now, hash, errors, changed, problems }, () =>
    changed ? `saved as revision ${now}, ${errors} errors` : `nothing to change: revision ${now} says the same`,
  );
  problems.forEach((problem) => cli.note(problemText(problem)));
  if (errors > 0) cli.setExitCode(1);
}

function revision(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new InvalidArgumentError('write a revision such as 0 or 12');
}

function nameless(file: string): RecallwaveError {
  return new RecallwaveError(
    'BadInput',
    `${file} can't be read as a campaign`,
    `mend it (recallwave campaign lint ${file}), or say whose draft it is with --campaign`,
  );
}
