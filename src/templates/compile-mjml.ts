import type { Finding } from './inspect-template.ts';

/** HTML of a mail with its variables still in it, and what mjml found. */
export interface CompiledMjml {
  html: string;
  findings: readonly Finding[];
}

/** Mails of a large campaign in several locales: somebody who types changes one of them at a time. */
const KEPT = 100;
const kept = new Map<string, Promise<CompiledMjml>>();

/** Compiles MJML without includes; the last 100 are remembered. Never throws for faults of the source: see `findings`. */
export function compileMjml(source: string): Promise<CompiledMjml> {
  const compiled = kept.get(source) ?? compile(source);
  // The one used last goes to the end, so that the first is the one to forget.
  kept.delete(source);
  kept.set(source, compiled);
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
  return compiled;
}

async function compile(source: string): Promise<CompiledMjml> {
  // mjml takes half a second to load: only builds pay for it.
  const { default: mjml } = await import('mjml');
  try {
    // No fonts: each would be a request to somebody else's server from the reader's mail program.
    const compiled = await mjml(source, {
      validationLevel: 'soft',
      ignoreIncludes: true,
      keepComments: false,
      fonts: {},
    });
    const findings = compiled.errors.map((error): Finding => ({
      what: `${error.tagName}: ${error.message}`,
      fix: 'see the element in the MJML documentation',
      severity: 'error',
      line: error.line,
    }));
    return { html: compact(compiled.html), findings };
  } catch (error) {
    return { html: '', findings: [mjmlFailure(error)] };
  }
}

function mjmlFailure(error: unknown): Finding {
  const message = error instanceof Error ? error.message : String(error);
  const line = /[Ll]ine:? (\d+)/.exec(message)?.[1];
  return {
    what: `the MJML cannot be read: ${message.split('\n')[0]?.slice(0, 160) ?? ''}`,
    fix: 'check that every tag is closed',
    severity: 'error',
    ...(line ? { line: Number(line) } : {}),
  };
}

// A third of mjml's output is indentation, which every recipient would pay for.
function compact(html: string): string {
  return html.replace(/\n\s+/g, '\n').trim();
}
