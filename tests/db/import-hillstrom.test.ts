import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { writeHillstrom } from '../../bench/hillstrom.ts';
import { importFile } from '../../src/app/imports/import-file.ts';
import { campaignSchema } from '../../src/domain/campaign.schema.ts';
import { freshDatabase } from '../support/database.ts';
import { NOW } from '../support/imports.ts';

const { db } = await freshDatabase();
const source = fileURLToPath(new URL('../../../shared/data/hillstrom.csv', import.meta.url));
const campaign = fileURLToPath(new URL('../../bench/hillstrom/campaign.yaml', import.meta.url));
const missing = !existsSync(source);
if (missing) process.stderr.write(`skipped: ${source} is not there (the Hillstrom data are not part of the project)\n`);
const folder = await mkdtemp(join(tmpdir(), 'recallwave-hillstrom-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

test.skipIf(missing)('2,000 real customers come in without a reject, in the segments of the campaign', async () => {
  const { users, warnings, customers } = await writeHillstrom({ source, folder, limit: 2000, now: NOW });
  expect(customers).toBe(2000);
  const shared = { db, actor: 'test', now: NOW };
  for (const [kind, input] of [
    ['users', users],
    ['warnings', warnings],
  ] as const) {
    const report = await importFile({ ...shared, kind, input, sourceName: kind });
    expect(report).toMatchObject({ kind, read: 2000, inserted: 2000, rejected: 0, warnings: [] });
  }
  const { audience } = campaignSchema.parse(parse(await readFile(campaign, 'utf8')));
  const segments = await db('warnings').distinct('segment').pluck('segment');
  expect(audience.segments).toEqual(expect.arrayContaining(segments));
  expect(segments).toHaveLength(7);
  const first = await db('warnings').orderBy('warning_no').first('score', 'segment', 'reasons');
  expect(first).toEqual({
    score: 0.7917,
    segment: 'spend-100-200',
    reasons: ['long_standing', 'channel_phone', 'mens'],
  });
});
