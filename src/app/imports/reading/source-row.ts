/** A value of JSON as far as an import meets it. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** One row in the columns of its kind; the reader fills the same object again for each row. */
export interface SourceRow {
  line: number;
  /** The row as it stands in the source, for the rejects file. */
  raw: string;
  /** In the order of the kind's columns; '' is an empty cell, undefined a column that the row does not have. */
  cells: (string | undefined)[];
  /** Columns that the kind does not name, and their values; strings where the source is CSV. */
  extraNames: readonly string[];
  extraValues: readonly Json[];
  /** True for JSON lines: a string is meant as a string. */
  typed: boolean;
}

/** What is wrong with a row; `column` and `value` show the place, `reason` says what and the fix. */
export interface Fault {
  column: string;
  value: string;
  reason: string;
}

/** A faulty row with its place. */
export interface Reject extends Fault {
  line: number;
  row: string;
}

/** The columns of a kind: what must be there, what may be, and whether it takes others. */
export interface ColumnPlan {
  required: readonly string[];
  optional: readonly string[];
  /** What a column of another name becomes; null: it is refused. */
  extras: 'attribute' | 'property' | 'outcome' | null;
}

/** Where a reader leaves rows and faults. */
export interface RowSink {
  row(row: SourceRow): void;
  reject(reject: Reject): void;
  /** Once, for a source with one header: remarks about it. */
  remark(text: string): void;
}

/** Reads blocks of lines into rows. */
export interface RowReader {
  push(block: { text: string; line: number; overlong: boolean }): void;
  end(): void;
}
