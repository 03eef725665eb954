import { Option, type Command } from 'commander';
import { importFile, type ImportReport } from '../../app/imports/import-file.ts';
import { IMPORT_KINDS, type ImportKind, type ImportOptions } from '../../app/imports/kinds/kind.ts';
import type { Cli, RunCommand } from '../cli.ts';
import { registerImportLog } from '../import/log.ts';

interface ImportFlags {
  format?: 'csv' | 'jsonl';
  rejects?: string;
  allowExpired?: true;
  retype?: true;
  currency?: string;
}

/** Adds `recallwave import KIND FILE`. */
export function register(program: Command, run: RunCommand): void {
  const imports = program
    .command('import')
    .description('take in files, CSV or JSON lines; bad rows go to a rejects file');
  for (const kind of IMPORT_KINDS) {
    const command = imports
      .command(`${kind} <file>`)
      .description(`import ${kind.replaceAll('_', ' ')} from a file, or from standard input with -`)
      .addOption(new Option('--format <format>', 'instead of going by name and first byte').choices(['csv', 'jsonl']))
      .option('--rejects <file>', 'where bad rows go (default: FILE.rejects.csv)');
    if (kind === 'users') command.option('--retype', 'attributes whose values do not fit their type become texts');
    if (kind === 'warnings') command.option('--allow-expired', 'take warnings that have expired (history)');
    if (kind === 'content') command.option('--currency <code>', 'currency of the prices (default: USD)');
    command.action(run((cli: Cli, file: string, flags: ImportFlags) => importOne(cli, { kind, file, flags })));
  }
  registerImportLog(imports, run);
}

async function importOne(cli: Cli, input: { kind: ImportKind; file: string; flags: ImportFlags }): Promise<void> {
  const report = await runImport(cli, input);
  cli.print(report, () => describe(report));
  report.warnings.forEach((text) => cli.note(`note: ${text}`));
  if (report.rejected === 0) return;
  cli.note(`fix: mend the rows in ${report.rejectsFile} and import them again`);
  cli.setExitCode(1);
}

async function runImport(
  cli: Cli,
  { kind, file, flags }: { kind: ImportKind; file: string; flags: ImportFlags },
): Promise<ImportReport> {
  const progress = cli.progress(`import ${kind}`);
  try {
    return await importFile({
      db: await cli.db(),
      kind,
      input: file === '-' ? process.stdin : file,
      sourceName: file === '-' ? 'standard input' : file,
      actor: cli.actor,
      now: new Date(),
      options: optionsOf(cli, flags),
      ...(flags.rejects !== undefined && { rejectsFile: flags.rejects }),
      onProgress: ({ rows }) => progress.update(rows),
    });
  } finally {
    progress.end();
  }
}

function optionsOf(cli: Cli, flags: ImportFlags): ImportOptions {
  return {
    ...(flags.format !== undefined && { format: flags.format }),
    ...(flags.allowExpired && { allowExpired: true }),
    ...(flags.retype && { retype: true }),
    ...(flags.currency !== undefined && { currency: flags.currency.toUpperCase() }),
    pushHosts: cli.config.pushHosts,
  };
}

function describe(report: ImportReport): string {
  const rejects = report.rejectsFile === null ? '' : ` (${report.rejectsFile})`;
  return [
    `import ${report.importNo}: ${report.read} rows of ${report.kind} read, ${report.accepted} accepted, ${report.rejected} rejected${rejects}`,
    `${report.inserted} new, ${report.updated} changed, ${report.unchanged} as they were`,
  ].join('\n');
}
