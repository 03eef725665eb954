import type { Knex } from 'knex';
import type { Actor } from '../../../domain/actor.ts';
import type { StagingTable } from './staging.ts';

/** What a merge did; `notes` are counts worth telling, by name. */
export interface MergeResult {
  inserted: number;
  updated: number;
  notes: Record<string, number>;
}

/** The database's half of an import kind. */
export interface ImportTable extends StagingTable {
  /**
   * Merges import_rows (`staged` of them), and takes out repeats and what else only the database can judge. The large kinds
   * insert first: when every row went in, none was a repeat, known before or of an unknown user, and nothing else is asked.
   */
  merge(trx: Knex.Transaction, input: { actor: Actor; importNo: number; staged: number }): Promise<MergeResult>;
}
