import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importFile, type ImportReport } from '../../src/app/imports/import-file.ts';
import { writeSampleCompany, type SampleFile } from '../../src/app/sample-company/write-sample-company.ts';
import { STAND_IN_PUSH_KEYS } from '../../src/channels/stand-ins/push-keys.ts';
import { freshDatabase } from '../support/database.ts';
import { NOW } from '../support/imports.ts';

const { db } = await freshDatabase();
const folder = await mkdtemp(join(tmpdir(), 'recallwave-sample-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const write = (name: string, seed: string): Promise<SampleFile[]> =>
  writeSampleCompany({ folder: join(folder, name), users: 2000, seed, now: NOW, pushKeys: STAND_IN_PUSH_KEYS });

async function importAll(files: SampleFile[]): Promise<ImportReport[]> {
  const reports: ImportReport[] = [];
  for (const { kind, path } of files) {
    reports.push(await importFile({ db, kind, input: path, sourceName: kind, actor: 'test', now: NOW }));
  }
  return reports;
}

let files: SampleFile[];
let reports: ImportReport[];
beforeAll(async () => {
  files = await write('a', 'one');
  reports = await importAll(files);
});

test('the same seed writes the same files, another seed others', async () => {
  const same = await write('b', 'one');
  const other = await write('c', 'two');
  const text = (list: SampleFile[]): Promise<string[]> => Promise.all(list.map(({ path }) => readFile(path, 'utf8')));
  expect(await text(same)).toEqual(await text(files));
  expect((await text(other))[0]).not.toEqual((await text(files))[0]);
});

test('about two rows of a hundred are rejected, each with line, column and reason', async () => {
  const users = reports[0]!;
  expect(users.rejected / users.read).toBeGreaterThan(0.01);
  expect(users.rejected / users.read).toBeLessThan(0.035);
  expect(reports.filter((report) => report.rejectsFile === null).map((report) => report.kind)).toEqual([]);
  const rejects = await readFile(users.rejectsFile!, 'utf8');
  for (const part of ['was probably meant', 'was already on line', 'closing quote', 'no way to reach']) {
    expect(rejects).toContain(part);
  }
});

test('importing the company again changes nothing', async () => {
  expect((await importAll(files)).map((report) => [report.kind, report.changed])).toEqual(
    files.map(({ kind }) => [kind, 0]),
  );
});

test('has what the shipped campaigns need: zones, languages, segments, typed attributes, pools', async () => {
  const distinct = (table: string, column: string): Promise<string[]> => db(table).distinct(column).pluck(column);
  expect((await distinct('users', 'timezone')).length).toBeGreaterThanOrEqual(9);
  expect((await distinct('users', 'locale')).filter(Boolean).toSorted()).toEqual(['en', 'zh-CN']);
  expect((await distinct('warnings', 'segment')).toSorted()).toEqual(['gamer', 'high_value', 'shopper', 'viewer']);
  expect((await distinct('coupon_codes', 'pool')).toSorted()).toEqual(['game-pack', 'shopper-big', 'shopper-member']);
  const types = Object.fromEntries((await db('attributes').select('name', 'type')).map((row) => [row.name, row.type]));
  expect(types).toMatchObject({
    name: 'string',
    purchases: 'number',
    content_done: 'boolean',
    member_since: 'date',
    lifetime_value: 'number',
    manager: 'string',
  });
  const scores = await db('warnings').min('score as low').max('score as high').first();
  expect(scores!.low).toBeLessThan(0.05);
  expect(scores!.high).toBeGreaterThan(0.95);
  const returned = await db('events as e')
    .join('warnings as w', 'w.user_no', 'e.user_no')
    .whereRaw('e.occurred_at > w.raised_at')
    .countDistinct('e.user_no as users')
    .first();
  expect(returned!.users).toBeGreaterThan(30);
});
