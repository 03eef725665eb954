import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { commandNames, loadCommand } from '../../src/cli/commands.ts';

const read = (name: string): string => readFileSync(new URL(`../../docs/${name}`, import.meta.url), 'utf8');
const page = read('parity.md');
const { paths } = JSON.parse(read('openapi.json')) as { paths: Record<string, Record<string, unknown>> };
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
);
const rows = [...page.matchAll(/^\| `((?:GET|POST|PUT|PATCH|DELETE) [^`]+)` \| (.+) \| (.+) \|$/gm)].map(
  ([, operation = '', command = '', screen = '']) => ({ operation, command, screen }),
);
const local = [...page.matchAll(/^\| `([a-z][^`]*)` \| (.+) \|$/gm)].map(([, command = '', why = '']) => ({
  command,
  why,
}));
const named = rows.flatMap(({ command }) => [...command.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));

async function allCommands(): Promise<string[]> {
  const program = new Command('recallwave');
  for (const name of commandNames) (await loadCommand(name))(program, () => () => Promise.resolve());
  const walk = (command: Command, path: string): string[] =>
    command.commands.flatMap((child) => {
      const name = `${path} ${child.name()}`.trim();
      return child.commands.length > 0 ? walk(child, name) : [name];
    });
  return walk(program, '');
}

const commands = await allCommands();

test('every operation of the API is in docs/parity.md once, and nothing else', () => {
  expect(rows.map(({ operation }) => operation).toSorted()).toEqual(operations.toSorted());
});

test('every operation has a command that there is, or says why not', () => {
  expect(named.filter((name) => !commands.includes(name))).toEqual([]);
  const without = rows.filter(({ command }) => !command.includes('`'));
  expect(without.filter(({ command }) => !/^– \S+ \S+/.test(command))).toEqual([]);
});

test('every command has an operation, or says why not', () => {
  const reasoned = local.map(({ command }) => command);
  expect(commands.filter((name) => !named.includes(name) && !reasoned.includes(name))).toEqual([]);
  expect(reasoned.filter((name) => named.includes(name) || !commands.includes(name))).toEqual([]);
});
