import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { freshDatabase } from '../support/database.ts';
import { schemaText } from '../support/schema-text.ts';

const { db } = await freshDatabase();

test('src/db/schema.sql is what the migrations make (npm run schema writes it anew)', async () => {
  const kept = await readFile(new URL('../../src/db/schema.sql', import.meta.url), 'utf8');
  expect(await schemaText(db)).toBe(kept);
});
