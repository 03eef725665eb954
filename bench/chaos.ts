import { FLAWLESS } from '../tests/support/chaos/oracle.ts';
import { killRandomly } from '../tests/support/chaos/random-kills.ts';
import { CONCURRENCY, setStage } from '../tests/support/chaos/stage.ts';
import { benchDatabase } from './database.ts';

/**
 * `npm run chaos`: workers killed at random while they send real SMTP to a stand-in, 300 times unless KILLS says otherwise.
 * The stand-in's acceptance file is the oracle; exits 1 on any extra copy or loss.
 */
const KILLS = Number(process.env['KILLS'] ?? 300);
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
/** So many that the wave outlasts the kills: three workers send about 300 a second at the delay below. */
const MESSAGES_PER_KILL = 60;

const database = await benchDatabase();
const stage = await setStage(database.db, database.url);
let failed = true;
try {
  const users = KILLS * MESSAGES_PER_KILL;
  const wave = await stage.wave({ users });
  await stage.standIns.fault('smtp', { to: wave.to, delayMs: 30, times: 0 });
  process.stderr.write(`${users} mails, ${KILLS} kills, seed ${SEED}\n`);
  const started = performance.now();
  const kills = await killRandomly({
    start: () => wave.start(),
    workers: 3,
    kills: KILLS,
    everyMs: [50, 300],
    seed: SEED,
    onKill: (n) => {
      if (n % 20 === 0) process.stderr.write(`${n} kills\n`);
    },
  });
  const verdict = await wave.judge();
  const unknown = verdict.states.UNKNOWN ?? 0;
  const flawless = Object.entries(FLAWLESS).every(([flaw, none]) => verdict[flaw as keyof typeof FLAWLESS] === none);
  failed = !flawless || kills < KILLS || unknown > kills * CONCURRENCY;
  const seconds = Math.round((performance.now() - started) / 1000);
  process.stdout.write(
    `${JSON.stringify({ kills, seconds, seed: SEED, messages: users, ...verdict, unknownPerKill: unknown / kills, allowedPerKill: CONCURRENCY }, null, 2)}\n`,
  );
} finally {
  await stage.close();
  await database.close();
}
process.exit(failed ? 1 : 0);
