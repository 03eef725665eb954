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
  /** Merges import_rows; runs after repeats are out, may reject more rows. */
  merge(trx: Knex.Transaction, input: { actor: Actor; importNo: number }): Promise<MergeResult>;
}
