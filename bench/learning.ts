import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { cycleSeconds } from './learning/cycle.ts';
import { measure, type Measures } from './learning/measures.ts';
import { runWorld } from './learning/run.ts';
import { checkSafety } from './learning/safety.ts';
import { STRATEGIES, type Strategy } from './learning/strategies.ts';
import { createWorld, WORLDS, type WorldKind } from './learning/worlds.ts';

const WEEKS = 40;
/** Seeds of the checks that are yes or no: each asks hundreds of cycles. */
const SAFETY_SEEDS = 5;

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '60' },
    from: { type: 'string', default: '1' },
    worlds: { type: 'string' },
    strategies: { type: 'string' },
    /** Bands beside the interval that are explored; the product's default is 2. */
    width: { type: 'string', default: '2' },
  },
});
// `db`: ten cycles through importer, planner, database and workflow instead of the table.
if (positionals[0] === 'db') {
  const { benchLearningCycles } = await import('./learning-cycles.ts');
  process.exit((await benchLearningCycles()) ? 0 : 1);
}
const [seeds, from, width] = [Number(flags.seeds), Number(flags.from), Number(flags.width)];

/** The rows whose name is in a list such as "mixed,null"; all without a list. */
function named<T extends { name: string }>(rows: readonly T[], list: string | undefined, flag: string): T[] {
  const wanted = list?.split(',').map((name) => name.trim());
  const unknown = wanted?.filter((name) => !rows.some((one) => one.name === name)) ?? [];
  if (unknown.length > 0 || !Number.isInteger(seeds) || seeds < 1 || !Number.isInteger(from)) {
    console.error(
      `error: --${flag} ${unknown.join(', ')}\nfix: name some of ${rows.map((one) => one.name).join(', ')}; --seeds and --from are whole numbers`,
    );
    process.exit(2);
  }
  return rows.filter((one) => !wanted || wanted.includes(one.name));
}

function share(value: number | null, digits = 2): string {
  return value === null ? '–' : value.toFixed(digits);
}

function percent(value: number | null): string {
  return value === null ? '–' : `${(value * 100).toFixed(1)} %`;
}

function row(kind: WorldKind, strategy: Strategy, found: Measures): string[] {
  return [
    kind.name,
    strategy.name,
    found.value === null ? '–' : `${share(found.value)} ±${share(found.valueError)}`,
    share(found.pooled),
    share(found.drawn),
    found.final.toFixed(0),
    found.finalDrawn.toFixed(0),
    found.moves.toFixed(1),
    percent(found.falseMoves),
    percent(found.claimed),
    found.flips.toFixed(2),
  ];
}

const started = performance.now();
const table = new Table({
  head: ['world', 'strategy', 'V', 'V pooled', 'V drawn', 'a week', 'drawn', 'moves', 'false', 'claimed P', 'flips'],
  style: { head: [], border: [], compact: true },
  colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'right', 'right'],
});
for (const kind of named(WORLDS, flags.worlds, 'worlds')) {
  const worlds = Array.from({ length: seeds }, (_, at) => createWorld(kind, from + at));
  for (const strategy of named(STRATEGIES, flags.strategies, 'strategies')) {
    const runs = worlds.map((world) =>
      runWorld(world, strategy, { weeks: WEEKS, exploreWidth: width / 12, split: 'cells' }),
    );
    table.push(row(kind, strategy, measure(runs)));
    console.error(`${kind.name}, ${strategy.name}: ${((performance.now() - started) / 1000).toFixed(0)} s`);
  }
}
console.log(
  `${seeds} seeds from ${from}, ${WEEKS} weeks, 12 segments × 12 bands, ${width} band(s) explored on each side\n` +
    'V: value of the final intervals ÷ value of the best ones, mean over seeds ± standard error. V pooled: sums over\n' +
    'the seeds. V drawn: the same of the policy as it is drawn, exploration and held out included. a week, drawn: in money. false: gated moves that truly lose.\n' +
    'claimed P: mean P(Δ > 0) of those moves. flips: times a boundary moved back, per run.',
);
console.log(table.toString());
const safety = checkSafety({ seeds: Math.min(seeds, SAFETY_SEEDS), from, exploreWidth: width / 12, weeks: WEEKS });
console.log(
  `guardrail inferior in ${safety.breached} policy cycles of the harmful world, retreat in the same cycle: ${safety.retreated}`,
);
console.log(
  `sample-ratio alarm from week 15 on: ${safety.movesUnderAlarm} moves under it, ${safety.movesBefore} before`,
);
const cycle = cycleSeconds();
console.log(
  `one cycle, 50 segments × 12 bands, ${cycle.cells} cells: ${cycle.seconds.toFixed(2)} s of CPU (limit 2 s)`,
);
console.log(`took ${((performance.now() - started) / 1000).toFixed(0)} s`);
