import type { Knex } from 'knex';
import { rows, sql } from '../../sql.ts';

/** An attribute as the catalogue keeps it. */
export interface CatalogueEntry {
  name: string;
  type: 'number' | 'boolean' | 'date' | 'string';
  sample: string | null;
}

/** Rewrites staged values of attributes that turned out mixed as text, in import_rows. */
export async function stageAsText(trx: Knex.Transaction, names: readonly string[]): Promise<void> {
  if (names.length > 0) await trx.raw(asText('import_rows'), { names: [...names] });
}

/** Rewrites the stored values of attributes whose type became string. */
export async function storeAsText(trx: Knex.Transaction, names: readonly string[]): Promise<void> {
  if (names.length > 0) await trx.raw(asText('users'), { names: [...names] });
}

function asText(table: 'import_rows' | 'users'): string {
  return `
    update ${table} t set attributes = t.attributes || (
      select jsonb_object_agg(a.key, a.value #>> '{}') from jsonb_each(t.attributes) a
      where a.key = any(:names) and jsonb_typeof(a.value) in ('number', 'boolean'))
    where exists (select 1 from jsonb_each(t.attributes) a
      where a.key = any(:names) and jsonb_typeof(a.value) in ('number', 'boolean'))`;
}

/** Writes what an import saw of the attributes. */
export async function saveCatalogue(trx: Knex.Transaction, entries: readonly CatalogueEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await rows(
    trx,
    sql`insert into attributes (name, type, sample)
      select name, type, sample from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as e(name text, type text, sample text)
      on conflict (name) do update set type = excluded.type, sample = excluded.sample, seen_at = now()
        where (attributes.type, attributes.sample) is distinct from (excluded.type, excluded.sample)`,
  );
}

/** The catalogue as it stands. */
export function knownAttributes(trx: Knex.Transaction): Promise<CatalogueEntry[]> {
  return rows<CatalogueEntry>(trx, sql`select name, type, sample from attributes order by name`);
}
