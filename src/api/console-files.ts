import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What index.html holds where the nonce of a request belongs; see vite.config.ts. */
const NONCE = 'NONCE-OF-THE-REQUEST';

/** A built console. */
export interface ConsoleFiles {
  /** The page of somebody with a session, and that of anybody. */
  console: string;
  login: string;
  /** Addresses that are screens, with `:name` for parameters. */
  paths: readonly string[];
  /** Assets that the log-in page needs: the only ones without a session. */
  open: ReadonlySet<string>;
}

interface ManifestEntry {
  file: string;
  imports?: string[];
  css?: string[];
  assets?: string[];
}

/** Reads a built console, again whenever another was built; null where there is none. */
export function consoleReader(folder: string): () => ConsoleFiles | null {
  let files: ConsoleFiles | null = null;
  let builtAt = 0;
  const manifest = join(folder, '.vite', 'manifest.json');
  return () => {
    const found = existsSync(manifest) ? statSync(manifest).mtimeMs : 0;
    if (found !== builtAt) {
      files = found === 0 ? null : readConsole(folder, manifest);
      builtAt = found;
    }
    return files;
  };
}

function readConsole(folder: string, manifest: string): ConsoleFiles {
  const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
  const entries = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, ManifestEntry>;
  const login = text('login.html');
  const linked = [...login.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, file]) => file ?? '');
  const paths = JSON.parse(text('paths.json')) as string[];
  return {
    console: text('index.html'),
    login,
    paths: paths.map((path) => path.replaceAll('$', ':')),
    open: new Set([...needsOf(entries, 'login.html'), ...linked]),
  };
}

/** The files of an entry and of what it imports at once. */
function needsOf(entries: Record<string, ManifestEntry>, name: string, seen = new Set<string>()): string[] {
  const entry = entries[name];
  if (!entry || seen.has(name)) return [];
  seen.add(name);
  const own = [entry.file, ...(entry.css ?? []), ...(entry.assets ?? [])];
  return [...own, ...(entry.imports ?? []).flatMap((one) => needsOf(entries, one, seen))];
}

/** A page with the nonce of one request. */
export function withNonce(page: string, nonce: string): string {
  return page.replaceAll(NONCE, nonce);
}

/** The policy of the console's pages: nothing from elsewhere, no inline script, styles only with the nonce. */
export function consolePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "connect-src 'self'",
    "img-src 'self' data:",
    "frame-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
