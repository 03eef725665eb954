import { seededRandom } from '../tests/support/seeded-random.ts';
import { type Course, followExperiment } from './peeking/look.ts';
import { experimentOf, type World } from './peeking/world.ts';

/**
 * Reads experiments daily for 28 days, as people do, and counts what the whole verdict gets wrong: false "ship" or "stop" where
 * nothing works (at most 5 %), intervals that miss the truth (at most 6 % at nominal 95 %), and what that costs in power where
 * something works. `npm run bench:peeking [experiments per row]`.
 */
const HOLDOUTS = [0.02, 0.05, 0.1, 0.5];
const DAYS = 28;
const KINDS: Pick<World, 'goal' | 'baseRate' | 'entriesPerDay'>[] = [
  { goal: 'rate', baseRate: 0.01, entriesPerDay: 300 },
  { goal: 'rate', baseRate: 0.01, entriesPerDay: 3000 },
  { goal: 'rate', baseRate: 0.05, entriesPerDay: 200 },
  { goal: 'rate', baseRate: 0.05, entriesPerDay: 2000 },
  { goal: 'rate', baseRate: 0.3, entriesPerDay: 100 },
  { goal: 'rate', baseRate: 0.3, entriesPerDay: 1000 },
  { goal: 'revenue', baseRate: 0.05, entriesPerDay: 300 },
  { goal: 'revenue', baseRate: 0.05, entriesPerDay: 1000 },
  { goal: 'revenue', baseRate: 0.2, entriesPerDay: 150 },
  { goal: 'revenue', baseRate: 0.2, entriesPerDay: 500 },
];
const NULL_EXPERIMENTS = 2000;
const LIFT = 0.3;
/** Real effects need no thousands to be measured. */
const LIFTED_SHARE = 0.1;
/** Experiments per kind in which every single look is read in full. */
const EVERY_LOOK = 2;

interface Row {
  holdout: number;
  goal: World['goal'];
  lift: number;
  courses: Course[];
}

function follow(row: Omit<Row, 'courses'>, experiments: number): Row {
  const kinds = KINDS.filter(({ goal }) => goal === row.goal);
  const courses = Array.from({ length: experiments }, (_, at) => {
    const kind = kinds[at % kinds.length]!;
    const world = { ...kind, holdout: row.holdout, lift: row.lift, days: DAYS };
    const random = seededRandom(1 + at + 1e5 * HOLDOUTS.indexOf(row.holdout) + (row.lift > 0 ? 1e6 : 0));
    const checked = at < EVERY_LOOK * kinds.length ? 'all' : 'decidable';
    return followExperiment(world, experimentOf(world, random), row.lift > 0 ? 'weekly' : checked);
  });
  return { ...row, courses };
}

function share(courses: readonly Course[], is: (course: Course) => boolean): number {
  return courses.filter(is).length / courses.length;
}

interface Figures {
  row: Row;
  decided: number;
  fixed: number;
  always: number;
}

function figuresOf(row: Row): Figures {
  const judged = row.courses.filter(({ fixedCovered }) => fixedCovered !== null);
  return {
    row,
    decided: share(row.courses, ({ shipped, stopped }) => shipped || stopped),
    fixed: share(judged, ({ fixedCovered }) => fixedCovered === true),
    always: share(row.courses, ({ alwaysCovered }) => alwaysCovered),
  };
}

const percent = (value: number): string => `${(100 * value).toFixed(1).padStart(5)} %`;

function nullLine({ row, decided, fixed, always }: Figures): string {
  const { courses, holdout, goal } = row;
  const [ship, stop] = [share(courses, ({ shipped }) => shipped), share(courses, ({ stopped }) => stopped)];
  const met = decided <= 0.05 && fixed >= 0.94 && always >= 0.94;
  return `${met ? 'met    ' : 'NOT MET'} ${percent(holdout)}  ${goal.padEnd(8)} ${String(courses.length).padStart(5)}    ${percent(ship)}   ${percent(stop)}   ${percent(decided)}      ${percent(fixed)}          ${percent(always)}`;
}

function liftedLine({ row, fixed, always }: Figures): string {
  const { courses, holdout, goal } = row;
  const at = courses.flatMap(({ foundOn }) => foundOn ?? []).toSorted((a, b) => a - b);
  const middle = at.length === 0 ? '-' : String(at[Math.floor(at.length / 2)]);
  const found = share(courses, ({ foundOn }) => foundOn !== null);
  const shipped = share(courses, (course) => course.shipped);
  const once = share(courses, ({ fixedFound }) => fixedFound);
  return `        ${percent(holdout)}  ${goal.padEnd(8)} ${String(courses.length).padStart(5)}    ${percent(found)}  ${middle.padStart(8)}    ${percent(shipped)}    ${percent(once)}             ${percent(fixed)}          ${percent(always)}`;
}

const experiments = Number(process.argv[2] ?? NULL_EXPERIMENTS);
const started = Date.now();
const designs = HOLDOUTS.flatMap((holdout) => (['rate', 'revenue'] as const).map((goal) => ({ holdout, goal })));

console.log(
  `Nothing works: ${experiments} experiments per row, read daily for ${DAYS} days (targets: decided ≤ 5 %, intervals hold the truth ≥ 94 %)`,
);
console.log(
  '        holdout  goal         n  false ship  false stop  decided  interval, last look  always valid, all looks',
);
const nothing = designs.map((design) => figuresOf(follow({ ...design, lift: 0 }, experiments)));
for (const figures of nothing) console.log(nullLine(figures));

const fewer = Math.max(KINDS.length, Math.round(experiments * LIFTED_SHARE));
console.log(`\nTreatment adds ${100 * LIFT} % to the rate: ${fewer} experiments per row`);
console.log(
  '        holdout  goal         n  found daily  median day  shipped  z or t, day 28   interval, last look  always valid, looks',
);
for (const design of designs) console.log(liftedLine(figuresOf(follow({ ...design, lift: LIFT }, fewer))));

const surprises = nothing.reduce(
  (sum, { row }) => sum + row.courses.reduce((all, course) => all + course.surprises, 0),
  0,
);
console.log(`\n${surprises} decisions where the screen had seen none; ${((Date.now() - started) / 1000).toFixed(0)} s`);
const met = nothing.every(({ decided, fixed, always }) => decided <= 0.05 && fixed >= 0.94 && always >= 0.94);
process.exitCode = met && surprises === 0 ? 0 : 1;
