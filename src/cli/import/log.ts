import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Option, type Command } from 'commander';
import { importPage, rejectsOf } from '../../app/imports/import-log.ts';
import { IMPORT_KINDS, type ImportKind } from '../../app/imports/kinds/kind.ts';
import type { RunCommand } from '../cli.ts';
import { importLogText } from '../format/import-log.ts';
import { count } from '../format/options.ts';

/** Adds `log` and `rejects` to the group `recallwave import`. */
export function registerImportLog(imports: Command, run: RunCommand): void {
  imports
    .command('log')
    .description('the newest imports, with where their rejects went')
    .addOption(new Option('--kind <kind>', 'only of this kind').choices([...IMPORT_KINDS]))
    .option('--limit <n>', 'how many', count, 20)
    .action(
      run(async (cli, { kind, limit }: { kind?: ImportKind; limit: number }) => {
        const found = await importPage(await cli.db(), { kind, beforeNo: null, limit });
        cli.print({ imports: found }, () => importLogText(found));
      }),
    );
  imports
    .command('rejects')
    .argument('<import>', 'its number', count)
    .description('the rejects of a file that was sent to the console or the API, as CSV on standard output')
    .action(
      run(async (cli, importNo: number) => {
        const path = await rejectsOf(await cli.db(), { home: cli.config.home, importNo });
        if (cli.json) return cli.print({ importNo, path }, () => path);
        await pipeline(createReadStream(path), process.stdout, { end: false });
      }),
    );
}
