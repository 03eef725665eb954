import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { openApiDocument, openApiText } from '../../support/openapi.ts';

test('docs/openapi.json is what the server says of itself (else: npm run openapi)', async () => {
  const kept = await readFile(new URL('../../../docs/openapi.json', import.meta.url), 'utf8');
  expect(kept).toBe(openApiText(await openApiDocument()));
});

test('every route that is not public names a role and a scope', async () => {
  const { paths } = await openApiDocument();
  const PUBLIC = [
    'get /v1/session',
    'post /v1/session',
    'get /v1/one-time-links/{token}',
    'post /v1/one-time-links/{token}',
  ];
  const open = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, operation]) => operation['x-scope'] === undefined)
      .map(([method]) => `${method} ${path}`),
  );
  expect(open.toSorted()).toEqual(PUBLIC.toSorted());
});
