import { readdirSync } from 'node:fs';
import type { RegisterCommands } from './cli.ts';

const folder = new URL('commands/', import.meta.url);

/** The first words of all commands. */
export const commandNames: readonly string[] = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length));

/** Imports one command's file: the others, and what they need, stay unloaded. */
export async function loadCommand(name: string): Promise<RegisterCommands> {
  const module = (await import(new URL(`${name}.ts`, folder).href)) as { register: RegisterCommands };
  return module.register;
}
