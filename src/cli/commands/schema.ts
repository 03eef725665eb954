import { campaignJsonSchema } from '../../app/campaigns/file/parse-campaign-file.ts';
import { settingsJsonSchema } from '../../app/settings.ts';
import type { RegisterCommands, RunCommand } from '../cli.ts';
import type { Command } from 'commander';

const SCHEMAS = { campaign: campaignJsonSchema, settings: settingsJsonSchema } as const;

/** Adds `recallwave schema campaign|settings`. */
export const register: RegisterCommands = (program, run) => {
  const schema = program.command('schema').description('JSON Schemas of the files that people write, for editors');
  addSchemaCommand(schema.command('campaign'), { kind: 'campaign', run });
  addSchemaCommand(schema.command('settings'), { kind: 'settings', run });
};

/** Makes `command` print the JSON Schema of a kind of file. */
export function addSchemaCommand(command: Command, input: { kind: keyof typeof SCHEMAS; run: RunCommand }): void {
  const { kind, run } = input;
  command.description(`the JSON Schema of ${kind} files, for editors`).action(
    run((cli) => {
      const schema = SCHEMAS[kind]();
      cli.print(schema, () => JSON.stringify(schema, null, 2));
      return Promise.resolve();
    }),
  );
}
