import type { ImportTable } from '../../../db/queries/imports/merge.ts';
import type { CatalogueEntry } from '../../../db/queries/imports/attribute-catalogue.ts';
import type { ColumnPlan, Fault, SourceRow } from '../reading/source-row.ts';
import type { Attributes } from './attributes.ts';

export const IMPORT_KINDS = [
  'users',
  'warnings',
  'events',
  'push_subscriptions',
  'coupons',
  'suppressions',
  'contacts',
  'content',
  'recorded',
] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** What a person can choose for an import. */
export interface ImportOptions {
  /** Absent: by the file's name, else by the first byte. */
  format?: 'csv' | 'jsonl';
  /** Take warnings that have expired (history). */
  allowExpired?: boolean;
  /** Let attributes of users become texts whose values no longer fit their type. */
  retype?: boolean;
  /** Hosts of web-push endpoints beside the well-known services. */
  pushHosts?: readonly string[];
  /** Currency of the prices in content files; default USD. */
  currency?: string;
}

/** What the checks of a kind may look at. */
export interface CheckContext {
  now: Date;
  options: ImportOptions;
  /** ISO 3166 country of phone numbers without +. */
  defaultCountry: string | undefined;
  /** The attribute catalogue as it was before the import. */
  catalogue: readonly CatalogueEntry[];
}

/** The values of import_rows after `line`, in its order, or what is wrong. */
export type RowCheck = (row: SourceRow) => (string | null)[] | Fault;

/** One kind of file. */
export interface KindDefinition {
  columns: ColumnPlan;
  table: ImportTable;
  /** A check with fresh memory; `attributes` collects types where the kind has attributes. */
  createCheck(context: CheckContext): { check: RowCheck; attributes?: Attributes };
}

/** Thrown inside a check by `must`, caught by `checked`: a row has one fault, the first. */
class FaultSignal {
  readonly fault: Fault;
  constructor(fault: Fault) {
    this.fault = fault;
  }
}

/** The value of a checked cell; a faulty one ends the check of its row. */
export function must<T>(column: string, cell: string | undefined, result: { value: T } | { reason: string }): T {
  if ('value' in result) return result.value;
  throw new FaultSignal({ column, value: cell ?? '', reason: result.reason });
}

/** Ends the check of a row. */
export function refuse(column: string, cell: string | undefined, reason: string): never {
  throw new FaultSignal({ column, value: cell ?? '', reason });
}

/** Makes a check of a function that uses `must` and `refuse`. */
export function checked(read: (row: SourceRow) => (string | null)[]): RowCheck {
  return (row) => {
    try {
      return read(row);
    } catch (error) {
      if (error instanceof FaultSignal) return error.fault;
      throw error;
    }
  };
}

/** A PostgreSQL array literal of texts. */
export function arrayLiteral(items: readonly string[]): string {
  if (items.length === 0) return '{}';
  return `{${items.map((item) => `"${item.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`).join(',')}}`;
}
