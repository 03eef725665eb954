import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config/read-config.ts';
import { openDatabase } from '../../src/worker/stack/open-database.ts';
import { schemaText } from './schema-text.ts';

const home = await mkdtemp(join(tmpdir(), 'recallwave-schema-'));
await chmod(home, 0o755); // as root the server runs as the user postgres
const { db, close } = await openDatabase({ config: readConfig({}, { home }), note: () => {} });
await writeFile(new URL('../../src/db/schema.sql', import.meta.url), await schemaText(db));
await close();
await rm(home, { recursive: true, force: true });
