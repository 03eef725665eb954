import { problemText } from '../../app/campaigns/file/finding.ts';
import { applySettingsFile, checkSettingsFile, showSettings } from '../../app/settings.ts';
import type { Cli, RegisterCommands } from '../cli.ts';
import { addSchemaCommand } from './schema.ts';

/** Adds `recallwave settings show|apply|schema`. */
export const register: RegisterCommands = (program, run) => {
  const settings = program.command('settings').description('company-wide caps, hours, sender and holdout');
  settings
    .command('show')
    .description('the settings in force')
    .action(
      run(async (cli) => {
        const shown = await showSettings(await cli.db());
        cli.print(shown, () => `# version ${shown.version}\n${JSON.stringify(shown.settings, null, 2)}`);
      }),
    );
  settings
    .command('apply <file>')
    .description('put a settings file in force as a new version; keys that it leaves out get their defaults')
    .action(run(applyFile));
  settings
    .command('check <file>')
    .description('what is wrong with a settings file; exit 1 where there are errors')
    .action(run(checkFile));
  addSchemaCommand(settings.command('schema'), { kind: 'settings', run });
};

async function checkFile(cli: Cli, file: string): Promise<void> {
  const { settings: parsed, problems } = await checkSettingsFile(file);
  cli.print({ file, valid: parsed !== null, problems }, () =>
    problems.length === 0 ? `${file}: nothing is wrong` : problems.map(problemText).join('\n'),
  );
  if (parsed === null) cli.setExitCode(1);
}

async function applyFile(cli: Cli, file: string): Promise<void> {
  const applied = await applySettingsFile({ db: await cli.db(), file, actor: cli.actor });
  cli.print(applied, () =>
    applied.changed
      ? `settings version ${applied.version} is in force`
      : `nothing to change: version ${applied.version} says the same`,
  );
}
