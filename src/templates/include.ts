import type { Finding } from './inspect-template.ts';

/** Reads a file of the campaign by its name beside the campaign file; throws when it isn't there. */
export type ReadFile = (name: string) => Promise<string>;

/** A file with its mj-includes put in place, and where each of its lines came from. */
export interface Included {
  source: string;
  /** Name and line (1 is the first) behind each line of `source`. */
  origin: { file: string; line: number }[];
  findings: (Finding & { file: string })[];
}

const INCLUDE = /^\s*<mj-include\s+path="([^"]+)"\s*\/>\s*$/;

/**
 * Reads an MJML file and puts its `<mj-include path="…"/>` lines in place (one level; paths are beside the campaign file and
 * may hold `{locale}`). mjml's own includes stay off: they read whatever path a template names.
 */
export async function readWithIncludes(input: { file: string; locale: string; readFile: ReadFile }): Promise<Included> {
  const included: Included = { source: '', origin: [], findings: [] };
  const lines: string[] = [];
  const add = (text: string, file: string, line: number): void => {
    lines.push(text);
    included.origin.push({ file, line });
  };
  const own = (await input.readFile(input.file)).split('\n');
  for (const [i, text] of own.entries()) {
    const path = INCLUDE.exec(text)?.[1]?.replaceAll('{locale}', input.locale);
    if (path === undefined) {
      add(text, input.file, i + 1);
      continue;
    }
    try {
      const part = (await input.readFile(path)).trimEnd().split('\n');
      part.forEach((partText, j) => add(partText, path, j + 1));
    } catch {
      included.findings.push({
        file: input.file,
        line: i + 1,
        what: `the included file ${path} cannot be read`,
        fix: 'check its name; paths are relative to the campaign file',
        severity: 'error',
      });
    }
  }
  included.source = lines.join('\n');
  return included;
}
