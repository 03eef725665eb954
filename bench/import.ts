import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { Knex } from 'knex';
import { importFile } from '../src/app/imports/import-file.ts';
import type { ImportKind } from '../src/app/imports/kinds/kind.ts';
import { connect } from '../src/db/connect.ts';
import { median, type BenchResult } from './figures.ts';

const ROWS = 200_000;
const RUNS = 5;
const NOW = new Date();
const ZONES = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Sydney'];

/** A measured import: the files, and the tables whose rows a bare COPY writes as its reference. */
interface Subject {
  figure: string;
  kind: ImportKind;
  path: string;
  tables: string[];
}

function* usersLines(): Generator<string> {
  yield 'user_id,email,phone,locale,timezone,consent_email,consent_sms,consent_push,name,purchases,vip,member_since\n';
  for (let n = 1; n <= ROWS; n++) {
    const day = `202${n % 6}-0${1 + (n % 9)}-1${n % 10}`;
    yield `u${n},user${n}@example.com,+8610${String(n).padStart(9, '0')},en,${ZONES[n % 4]},${n % 10 !== 0},${n % 3 === 0},,Name ${n},${n % 7},${n % 2 === 0},${day}\n`;
  }
}

function* warningsLines(): Generator<string> {
  const raised = (n: number): string => new Date(NOW.getTime() - 3_600_000 - n * 100).toISOString();
  const expires = new Date(NOW.getTime() + 30 * 86_400_000).toISOString();
  yield 'user_id,score,segment,reasons,raised_at,expires_at,model,evidence\n';
  for (let n = 1; n <= ROWS; n++) {
    yield `u${n},${(n % 1000) / 1000},shopper,price|few_purchases,${raised(n)},${expires},default,"{""days"": ${n % 60}}"\n`;
  }
}

/**
 * Rows per second of imports into empty tables, each beside a bare COPY of the very rows that it wrote into tables with the
 * same indexes; the sides alternate. An import of users writes their consents too, so both references are given. Empties
 * the tables of users and warnings of the database at `url`.
 */
export async function benchImport(url: string): Promise<BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'recallwave-bench-import-'));
  const db = connect(url);
  try {
    const users = join(folder, 'users.csv');
    const warnings = join(folder, 'warnings.csv');
    await pipeline(Readable.from(usersLines()), createWriteStream(users));
    await pipeline(Readable.from(warningsLines()), createWriteStream(warnings));
    await empty(db);
    const subjects: Subject[] = [
      { figure: 'import of users', kind: 'users', path: users, tables: ['users', 'consents'] },
      { figure: 'import of warnings', kind: 'warnings', path: warnings, tables: ['warnings'] },
    ];
    const results: BenchResult[] = [];
    for (const subject of subjects) results.push(...(await measure({ db, url, folder, subject })));
    return results;
  } finally {
    await db.destroy();
    await rm(folder, { recursive: true, force: true });
  }
}

async function empty(db: Knex): Promise<void> {
  await db.raw('truncate users, consents, warnings, attributes restart identity cascade');
}

interface Measurement {
  db: Knex;
  url: string;
  folder: string;
  subject: Subject;
}

async function measure({ db, url, folder, subject }: Measurement): Promise<BenchResult[]> {
  const { kind, path, tables, figure } = subject;
  const ours: number[] = [];
  const copies: Record<string, number[]> = Object.fromEntries(tables.map((table) => [table, []]));
  for (let run = 0; run < RUNS; run++) {
    for (const table of tables) await db.raw(`truncate ${table} restart identity cascade`);
    await db.raw('checkpoint');
    ours.push(await seconds(() => importFile({ db, kind, input: path, sourceName: kind, actor: 'bench', now: NOW })));
    if (run === 0) for (const table of tables) await prepare({ db, url, folder, table });
    for (const table of tables) {
      await db.raw(`truncate reference_${table}`);
      await db.raw('checkpoint');
      copies[table]?.push(await seconds(() => bareCopy({ url, folder, table })));
    }
  }
  const steps = tables.map((_, index) => tables.slice(0, index + 1)).toReversed();
  return steps.map((copied) => {
    const times = ours.map((_, run) => copied.reduce((sum, table) => sum + (copies[table]?.[run] ?? 0), 0));
    return compare(`${figure}, rows/s (reference: bare COPY of ${copied.join(' and ')})`, median(ours), median(times));
  });
}

function compare(figure: string, ours: number, copy: number): BenchResult {
  const ratio = copy / ours;
  return { figure, value: ROWS / ours, reference: ROWS / copy, ratio, target: '>= 0.5', met: ratio >= 0.5 };
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** The rows that the import wrote as COPY text, and an empty table with the same columns and indexes. */
async function prepare(input: { db: Knex; url: string; folder: string; table: string }): Promise<void> {
  const { db, url, folder, table } = input;
  await db.raw(`create table if not exists reference_${table} (like ${table} including all)`);
  await withClient(url, async (client) => {
    await pipeline(client.query(copyTo(`copy ${table} to stdout`)), createWriteStream(join(folder, `${table}.copy`)));
  });
}

async function bareCopy(input: { url: string; folder: string; table: string }): Promise<void> {
  await withClient(input.url, async (client) => {
    const target = client.query(copyFrom(`copy reference_${input.table} from stdin`));
    await pipeline(createReadStream(join(input.folder, `${input.table}.copy`), { highWaterMark: 262_144 }), target);
  });
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
