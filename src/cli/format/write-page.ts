import { writeFile } from 'node:fs/promises';
import { Option } from 'commander';
import { PICTURE_LANGUAGES } from '../../app/results.ts';
import { RecallwaveError } from '../../domain/failures.ts';

/** `--language`, of the page that `--html` writes. */
export function languageOption(): Option {
  return new Option('--language <language>', 'of that page').choices(PICTURE_LANGUAGES).default('en');
}

/** Writes the page that `--html` names. Throws BadInput where the file can't be written. */
export async function writePage(file: string, page: string): Promise<void> {
  try {
    await writeFile(file, page);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new RecallwaveError(
      'BadInput',
      `--html ${file}: can't be written (${code})`,
      'name a file in a folder that exists and may be written to',
    );
  }
}
