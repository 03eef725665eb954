import { existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const SOURCES = ['src/console', 'vite.config.ts', 'package-lock.json'];

/** Where the built console is. */
export const CONSOLE_FOLDER = join(ROOT, 'dist', 'console');

/** Builds the console where it is missing or older than its sources; a clone has run only `npm ci`. */
export async function ensureConsole(note: (line: string) => void): Promise<void> {
  if (isFresh()) return;
  note('building the console (once, a few seconds) …');
  const started = performance.now();
  const folder = `${CONSOLE_FOLDER}.${process.pid}`;
  try {
    await buildInto(folder);
    replace(folder);
  } catch (error) {
    // Waves must run even where their pages can't be built.
    note(
      `the console could not be built (${error instanceof Error ? error.message : 'unknown'}); npm run build:console says why`,
    );
    return;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  note(`console built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

/** Vite takes React's development version, half as large again, wherever NODE_ENV says so, as in tests. */
async function buildInto(folder: string): Promise<void> {
  const { build } = await import('vite');
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  try {
    await build({
      configFile: join(ROOT, 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir: folder, emptyOutDir: true },
    });
  } finally {
    if (before === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = before;
  }
}

/** Two may build at once: whole folders change places, never single files. */
function replace(folder: string): void {
  const old = `${folder}.old`;
  if (existsSync(CONSOLE_FOLDER)) renameSync(CONSOLE_FOLDER, old);
  renameSync(folder, CONSOLE_FOLDER);
  rmSync(old, { recursive: true, force: true });
}

function isFresh(): boolean {
  const built = join(CONSOLE_FOLDER, '.vite', 'manifest.json');
  if (!existsSync(built)) return false;
  const at = statSync(built).mtimeMs;
  return SOURCES.map((path) => join(ROOT, path)).every((path) => !existsSync(path) || newest(path) <= at);
}

function newest(path: string): number {
  const own = statSync(path);
  if (!own.isDirectory()) return own.mtimeMs;
  return Math.max(own.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
