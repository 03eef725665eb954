import type { Knex } from 'knex';
import { startApi } from '../src/api/server.ts';
import { createApiKey } from '../src/app/api-keys.ts';
import { importFile } from '../src/app/imports/import-file.ts';
import type { Config } from '../src/config/config.ts';
import type { BenchResult } from './figures.ts';

const USERS = 20_000;
const SECONDS = 6;
const LOADS = [
  { clients: 1, batch: 1 },
  { clients: 16, batch: 1 },
  { clients: 1, batch: 100 },
  { clients: 16, batch: 100 },
  { clients: 16, batch: 5_000 },
];

interface Measured {
  clients: number;
  batch: number;
  eventsPerS: number;
  p50Ms: number;
  p99Ms: number;
}

let made = 0;

function lines(count: number): string {
  let text = '';
  for (let n = 0; n < count; n++) {
    made += 1;
    text += `{"event_id":"e${made}","user_id":"u${made % USERS}","type":"purchase","occurred_at":"2026-03-01T09:30:00Z","value":12.5,"currency":"USD","sku":"s${made % 100}"}\n`;
  }
  return text;
}

/**
 * Events per second through POST /v1/events and how long a request takes, for one client and for sixteen at once; the reference is
 * the import of a file with the same events. Fills the table of events of the database.
 */
export async function benchEvents(db: Knex): Promise<BenchResult[]> {
  await db.raw(`insert into users (user_id, actor) select 'u' || n, 'bench' from generate_series(0, ${USERS - 1}) n`);
  const fileRate = await importRate(db);
  const { key } = await createApiKey({ db, name: 'bench', scopes: ['events:write'], expiresIn: null, actor: 'bench' });
  const config = { linkSecret: 'secret of the bench' } as Config;
  const api = await startApi({ db, config, port: 0, host: '127.0.0.1', requestsPerMinute: 10_000_000 });
  const measured: Measured[] = [];
  try {
    for (const load of LOADS) measured.push(await measure({ url: `${api.url}/v1/events`, key, ...load }));
  } finally {
    await api.close();
  }
  for (const { clients, batch, eventsPerS, p50Ms, p99Ms } of measured) {
    console.log(
      `  ${clients} clients × ${batch} events: ${eventsPerS.toFixed(0)} events/s, p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms`,
    );
  }
  const full = measured.at(-1);
  const single = measured[0];
  const many = measured[1];
  if (!full || !single || !many) return [];
  return [
    compare('events over HTTP in batches, events/s (reference: import of a file)', full.eventsPerS, fileRate, 0.4),
    compare('single events of 16 clients, events/s (reference: one client)', many.eventsPerS, single.eventsPerS, 2),
  ];
}

function compare(figure: string, value: number, reference: number, least: number): BenchResult {
  const ratio = value / reference;
  return { figure, value, reference, ratio, target: `>= ${least}`, met: ratio >= least };
}

async function importRate(db: Knex): Promise<number> {
  const count = 100_000;
  const file = (async function* () {
    for (let n = 0; n < count; n += 5_000) yield lines(5_000);
  })();
  const started = performance.now();
  await importFile({ db, kind: 'events', input: file, sourceName: 'bench', actor: 'bench', now: new Date() });
  return (1000 * count) / (performance.now() - started);
}

async function measure(load: { url: string; key: string; clients: number; batch: number }): Promise<Measured> {
  const { url, key, clients, batch } = load;
  const took: number[] = [];
  const started = performance.now();
  const client = async (): Promise<void> => {
    while (performance.now() - started < SECONDS * 1000) {
      const body = lines(batch);
      const sent = performance.now();
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' };
      const answer = await fetch(url, { method: 'POST', headers, body });
      if (answer.status !== 200) throw new Error(`status ${answer.status}: ${await answer.text()}`);
      await answer.arrayBuffer();
      took.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - started) / 1000;
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return { clients, batch, eventsPerS: (took.length * batch) / seconds, p50Ms: at(0.5), p99Ms: at(0.99) };
}
