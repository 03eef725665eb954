import { benchConsole } from './console.ts';
import { benchDatabase } from './database.ts';
import { benchEvents } from './events.ts';
import { line, type BenchResult } from './figures.ts';
import { benchImport } from './import.ts';
import { benchPlan } from './plan.ts';
import { benchRead } from './read.ts';
import { benchSend } from './send.ts';
import { benchWaves, waveFigures } from './wave.ts';

type Bench = () => Promise<BenchResult[]>;

async function inDatabase(
  body: (database: Awaited<ReturnType<typeof benchDatabase>>) => Promise<BenchResult[]>,
): Promise<BenchResult[]> {
  const database = await benchDatabase();
  try {
    return await body(database);
  } finally {
    await database.close();
  }
}

async function waves(): Promise<BenchResult[]> {
  const runs = await benchWaves();
  for (const run of runs) {
    console.log(`wave over ${run.users} of Hillstrom's customers, ${run.proved ? 'proved' : 'NOT PROVED'}`);
    console.log(
      `  seconds   ${Object.entries(run.seconds)
        .map(([stage, s]) => `${stage} ${s.toFixed(1)}`)
        .join(' · ')}`,
    );
    console.log(
      `  waterfall ${Object.entries(run.waterfall)
        .map(([way, users]) => `${way} ${users}`)
        .join(' · ')}`,
    );
    console.log(`  longest history ${run.longestHistory} events · worker ${run.workerMb.toFixed(0)} MB at its peak`);
  }
  return waveFigures(runs);
}

const BENCHES: Record<string, Bench> = {
  plan: () => inDatabase(async ({ db }) => [await benchPlan(db)]),
  import: () => inDatabase(({ url }) => benchImport(url)),
  events: () => inDatabase(({ db }) => benchEvents(db)),
  send: () => inDatabase(async ({ url }) => [await benchSend(url)]),
  read: () => inDatabase(({ db }) => benchRead(db)),
  waves,
  console: () => inDatabase((database) => benchConsole(database)),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(
    `error: there is no benchmark ${unknown.join(', ')}\nfix: name some of ${Object.keys(BENCHES).join(', ')}, or none for all`,
  );
  process.exit(2);
}
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.log(`— ${name}`);
  for (const result of await bench()) console.log(line(result));
}
process.exit(0);
