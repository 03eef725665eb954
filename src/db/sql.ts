import type { Db } from './connect.ts';

/** A piece of SQL with its bound values; pieces nest. */
export interface Sql {
  readonly sql: string;
  readonly bindings: readonly unknown[];
}

function isSql(value: unknown): value is Sql {
  return typeof value === 'object' && value !== null && 'sql' in value && 'bindings' in value;
}

/** Tagged template: nested pieces are spliced in, every other value is bound. Text must not hold a question mark. */
export function sql(parts: TemplateStringsArray, ...values: unknown[]): Sql {
  let text = parts[0] ?? '';
  const bindings: unknown[] = [];
  values.forEach((value, i) => {
    if (isSql(value)) {
      text += value.sql;
      bindings.push(...value.bindings);
    } else {
      text += '?';
      bindings.push(value);
    }
    text += parts[i + 1] ?? '';
  });
  return { sql: text, bindings };
}

/** Fixed text of our own (a column, a keyword) as a piece; never for values from outside. */
export function raw(text: string): Sql {
  return { sql: text, bindings: [] };
}

/** Pieces joined by `separator`; `empty` stands for none. */
export function join(pieces: readonly Sql[], separator: string, empty = ''): Sql {
  if (pieces.length === 0) return raw(empty);
  return { sql: pieces.map((piece) => piece.sql).join(separator), bindings: pieces.flatMap((piece) => piece.bindings) };
}

/** Runs a piece and returns its rows. */
export async function rows<Row>(db: Db, piece: Sql): Promise<Row[]> {
  const result = (await db.raw(piece.sql, piece.bindings as never)) as { rows: Row[] };
  return result.rows;
}
