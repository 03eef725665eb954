import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { commandNames, loadCommand } from '../../src/cli/commands.ts';

const docs = readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8');
const documented = [...docs.matchAll(/^### `recallwave ([^`]+)`$/gm)].map((match) => match[1]);

async function allCommands(): Promise<Map<string, Command>> {
  const program = new Command('recallwave');
  for (const name of commandNames) (await loadCommand(name))(program, () => () => Promise.resolve());
  const found = new Map<string, Command>();
  const walk = (command: Command, path: string): void => {
    for (const child of command.commands) {
      const name = `${path} ${child.name()}`.trim();
      if (child.commands.length > 0) walk(child, name);
      else found.set(name, child);
    }
  };
  walk(program, '');
  return found;
}

const commands = await allCommands();

test('every command of the program is in docs/cli.md, and nothing else', () => {
  expect([...commands.keys()].filter((name) => !documented.includes(name))).toEqual([]);
  expect(documented.filter((name) => name !== undefined && !commands.has(name))).toEqual([]);
});

test('every command says in a sentence what it does', () => {
  expect([...commands].filter(([, command]) => command.description().length < 10).map(([name]) => name)).toEqual([]);
});

test('no command takes an option that stands for something else in front of it', () => {
  const global = ['--json', '--as', '--verbose', '--live'];
  const clashes = [...commands].filter(([, command]) =>
    command.options.some((option) => global.includes(option.long ?? '')),
  );
  expect(clashes.map(([name]) => name)).toEqual([]);
});
