import { writeFile } from 'node:fs/promises';
import { openApiDocument, openApiText } from './openapi.ts';

await writeFile(new URL('../../docs/openapi.json', import.meta.url), openApiText(await openApiDocument()));
