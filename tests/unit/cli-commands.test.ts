import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Command } from 'commander';
import { commandNames, loadCommand } from '../../src/cli/commands.ts';
import { commandRunner } from '../../src/cli/run.ts';

const files = readdirSync(new URL('../../src/cli/commands/', import.meta.url)).map((file) => file.replace(/\.ts$/, ''));

test('every file in commands/ can be called', () => {
  expect([...commandNames].toSorted()).toEqual(files.toSorted());
});

test.each(files)('%s registers the command of its name', async (name) => {
  const program = new Command();
  (await loadCommand(name))(program, commandRunner(program).run);
  expect(program.commands.map((command) => command.name())).toEqual([name]);
});
