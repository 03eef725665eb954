import type { Knex } from 'knex';

/** Each query yields lines `text` in a stable order; knex's own tables are left out. */
const PARTS = [
  `select format('create extension if not exists %I;', extname) as text
     from pg_extension where extname <> 'plpgsql' order by 1`,
  `select rtrim(pg_get_functiondef(p.oid)) || ';' as text
     from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    order by p.proname`,
  `select format(E'create table %I (\\n%s\\n)%s;', c.relname,
            string_agg(format('  %I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
              case when a.attnotnull then ' not null' else '' end,
              case when a.attidentity <> '' then ' generated always as identity'
                   when d.oid is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end),
              E',\\n' order by a.attnum),
            ' with (' || array_to_string(c.reloptions, ', ') || ')') as text
     from pg_class c
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname !~ '^knex_'
    group by c.oid, c.relname, c.reloptions order by c.relname`,
  `select format('alter table %s add constraint %I %s;', conrelid::regclass, conname, pg_get_constraintdef(oid)) as text
     from pg_constraint
    where connamespace = 'public'::regnamespace and contype <> 'n' and conrelid::regclass::text !~ '^knex_'
    order by contype = 'f', conrelid::regclass::text, conname`,
  `select indexdef || ';' as text
     from pg_indexes
    where schemaname = 'public' and tablename !~ '^knex_'
      and not exists (select from pg_constraint where conname = indexname)
    order by indexname`,
  `select pg_get_triggerdef(oid) || ';' as text from pg_trigger where not tgisinternal order by tgname`,
];

/** The schema of `db` as text, the same for the same schema: what src/db/schema.sql holds. */
export async function schemaText(db: Knex): Promise<string> {
  const blocks: string[] = [];
  for (const part of PARTS) {
    const { rows } = await db.raw<{ rows: { text: string }[] }>(part);
    blocks.push(rows.map((row) => row.text).join('\n'));
  }
  return `-- Dumped from the migrations; npm run schema writes it, tests/db/schema-dump.test.ts compares.\n\n${blocks.join('\n\n')}\n`;
}
