import type { Client } from '@temporalio/client';
import type { Command } from 'commander';
import type { Knex } from 'knex';
import type { Config } from '../config/config.ts';

/** What every command gets. Data goes to stdout, talk to stderr; exit 0 done, 1 done with faults, 2 not done. */
export interface Cli {
  readonly config: Config;
  /** `cli:<name>` from `--as`, else the system user's name (rule 16). */
  readonly actor: string;
  readonly json: boolean;
  readonly verbose: boolean;
  /** DATABASE_URL, else the running stack's, else embedded PostgreSQL started for this command; migrated. Closed at exit. */
  db(): Promise<Knex>;
  /** The connection string behind `db()`, for COPY and for child processes. */
  databaseUrl(): Promise<string>;
  /** TEMPORAL_ADDRESS, else the running stack's server; otherwise a RecallwaveError that says how to start one. */
  temporal(): Promise<Client>;
  /** `--json`: `result` as one JSON document; else what `human()` returns. */
  print(result: unknown, human: () => string): void;
  /** A line on stderr; silent under `--json` unless it is an error. */
  note(text: string): void;
  /** A progress line on stderr (in place on a terminal, every few seconds otherwise). Call with done [, total]; then end(). */
  progress(label: string): { update(done: number, total?: number): void; end(): void };
  /** Exit code at the end of the command; the highest wins. */
  setExitCode(code: 0 | 1 | 2): void;
}

/** Each file in commands/ exports one. */
export type RegisterCommands = (program: Command, run: RunCommand) => void;

/** Wraps a command's body: builds the Cli, prints errors as `error: what` + `fix: …`, closes everything. */
export type RunCommand = (body: (cli: Cli, ...args: never[]) => Promise<void>) => (...args: unknown[]) => Promise<void>;
