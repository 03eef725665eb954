import { readFile, writeFile } from 'node:fs/promises';
import { configTable } from './config-table.ts';

const page = new URL('../../docs/config.md', import.meta.url);
const text = await readFile(page, 'utf8');
await writeFile(page, text.replace(/\| variable \|[\s\S]*?\n(?=\n)/, `${configTable()}\n`));
