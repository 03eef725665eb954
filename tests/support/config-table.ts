import { VARIABLES, type Variable } from '../../src/config/variables.ts';

/** The Markdown table of docs/config.md. */
export function configTable(): string {
  const lines = Object.entries<Variable>(VARIABLES).map(
    ([name, { purpose, shape, fallback = '–', secret }]) =>
      `| \`${name}\` | ${purpose}${secret ? ' (secret)' : ''} | ${shape} | ${fallback} |`,
  );
  return ['| variable | for | value | without it |', '|---|---|---|---|', ...lines].join('\n');
}
