import { Option } from 'commander';
import { importExperiment, type ExperimentImportReport } from '../../app/experiment/import-experiment.ts';
import { scheduleOf } from '../campaign/apply.ts';
import type { Cli, RegisterCommands } from '../cli.ts';
import { number, table } from '../format/table.ts';

interface Flags {
  campaign: string;
  format?: 'csv' | 'jsonl';
  rejects?: string;
}

export const register: RegisterCommands = (program, run) => {
  const experiment = program.command('experiment').description('experiments that were run elsewhere');
  experiment
    .command('import <file>')
    .description('bring a recorded experiment in as if it had been run here; nothing is sent (- reads standard input)')
    .requiredOption(
      '--campaign <file or id>',
      'the campaign that it belongs to; one that is new is published and paused',
    )
    .addOption(new Option('--format <format>', 'instead of going by name and first byte').choices(['csv', 'jsonl']))
    .option('--rejects <file>', 'where bad rows go (default: FILE.rejects.csv)')
    .action(run((cli: Cli, file: string, flags: Flags) => importOne(cli, file, flags)));
};

async function importOne(cli: Cli, file: string, flags: Flags): Promise<void> {
  const report = await runImport(cli, file, flags);
  if (report.published) await scheduleOf(cli, report.campaignId);
  cli.print(report, () => reportText(report));
  report.warnings.forEach((text) => cli.note(`note: ${text}`));
  if (report.published) {
    cli.note(
      `note: ${report.campaignId} was published and is paused, so that nothing is sent; let it run with: recallwave campaign resume ${report.campaignId}`,
    );
  }
  if (report.rejected === 0) return;
  cli.note(`fix: mend the rows in ${report.rejectsFile} and import them again`);
  cli.setExitCode(1);
}

async function runImport(cli: Cli, file: string, flags: Flags): Promise<ExperimentImportReport> {
  const db = await cli.db();
  const progress = cli.progress('import experiment');
  try {
    return await importExperiment({
      db,
      path: file === '-' ? process.stdin : file,
      campaign: flags.campaign,
      actor: cli.actor,
      now: new Date(),
      ...(flags.rejects !== undefined && { rejectsFile: flags.rejects }),
      ...(flags.format !== undefined && { format: flags.format }),
      onProgress: ({ rows }) => progress.update(rows),
    });
  } finally {
    progress.end();
  }
}

function reportText(report: ExperimentImportReport): string {
  const rejects = report.rejectsFile === null ? '' : ` (${report.rejectsFile})`;
  const { waves, from, until } = report.waves;
  return [
    `import ${report.importNo}: ${number(report.read)} rows read, ${number(report.accepted)} accepted, ${number(report.rejected)} rejected${rejects}`,
    `${number(report.inserted)} new entries, ${number(report.updated)} changed, ${number(report.unchanged)} as they were`,
    `${report.campaignId} version ${report.version}: ${number(waves)} recorded waves${from === null ? '' : ` from ${from} to ${until}`}`,
    table(
      ['action', 'group', 'entries', 'probability'],
      report.groups.map((row) => [row.action, row.group, row.entries, `${(100 * row.probability).toFixed(1)} %`]),
    ),
    `see what came of it: recallwave results ${report.campaignId}`,
  ].join('\n');
}
