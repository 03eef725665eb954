import { userInfo } from 'node:os';
import type { Client } from '@temporalio/client';
import type { Command } from 'commander';
import type { Knex } from 'knex';
import type { Config } from '../config/config.ts';
import { readConfig } from '../config/read-config.ts';
import type { Cli, RunCommand } from './cli.ts';
import { reportFailure } from './failure-report.ts';
import { progressLine } from './progress.ts';

export type ExitCode = 0 | 1 | 2;

interface GlobalOptions {
  json?: true;
  as?: string;
  verbose?: true;
  live?: true;
}

/** What wraps the bodies of `program`'s commands, and the exit code that they came to. */
export function commandRunner(program: Command): { run: RunCommand; exitCode: () => ExitCode } {
  let exitCode: ExitCode = 0;
  const raise = (code: ExitCode): void => {
    if (code > exitCode) exitCode = code;
  };
  const run: RunCommand =
    (body) =>
    async (...args) => {
      const options = program.opts<GlobalOptions>();
      const resources = new Resources();
      try {
        const config = readConfig(process.env, options.live ? { live: true } : {});
        await body(buildCli({ config, options, resources, raise }), ...(args as never[]));
      } catch (error) {
        reportFailure(error, { json: options.json ?? false, verbose: options.verbose ?? false });
        raise(2);
      } finally {
        await resources.close();
      }
    };
  return { run, exitCode: () => exitCode };
}

interface CliParts {
  config: Config;
  options: GlobalOptions;
  resources: Resources;
  raise: (code: ExitCode) => void;
}

function buildCli({ config, options, resources, raise }: CliParts): Cli {
  const json = options.json ?? false;
  const note = (text: string): void => {
    if (!json) process.stderr.write(`${text}\n`);
  };
  return {
    config,
    actor: `cli:${options.as ?? userInfo().username}`,
    json,
    verbose: options.verbose ?? false,
    db: async () => (await resources.database(config, note)).db,
    databaseUrl: async () => (await resources.database(config, note)).url,
    temporal: async () => (await resources.temporal(config)).client,
    print: (result, human) => {
      process.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : `${human().replace(/\n$/, '')}\n`);
    },
    note,
    progress: (label) => progressLine(label, json),
    setExitCode: raise,
  };
}

/** What a command opened, opened once and closed in reverse order. */
class Resources {
  #database: Promise<{ db: Knex; url: string; close(): Promise<void> }> | undefined;
  #temporal: Promise<{ client: Client; close(): Promise<void> }> | undefined;

  database(config: Config, note: (text: string) => void): Promise<{ db: Knex; url: string; close(): Promise<void> }> {
    this.#database ??= import('../worker/stack/open-database.ts').then(({ openDatabase }) =>
      openDatabase({ config, note }),
    );
    return this.#database;
  }

  temporal(config: Config): Promise<{ client: Client; close(): Promise<void> }> {
    this.#temporal ??= import('../worker/temporal-client.ts').then(({ openTemporal }) => openTemporal(config));
    return this.#temporal;
  }

  /** Whatever failed to open was reported by the command that asked for it. */
  async close(): Promise<void> {
    for (const opened of [this.#temporal, this.#database]) {
      const resource = await opened?.catch(() => undefined);
      await resource?.close();
    }
  }
}
