import { csvLine } from './csv-line.ts';
import { personOf, type Person, type Segment } from './person.ts';
import { chanceOf, type Chance } from './random.ts';
import { daysFrom, type World } from './world.ts';

const HEADER = ['user_id', 'score', 'segment', 'reasons', 'raised_at', 'expires_at', 'model', 'evidence'];

const REASONS: Record<Segment, readonly string[]> = {
  shopper: ['price', 'few_purchases', 'lost_interest', 'competitor', 'service_issue'],
  viewer: ['no_new_content', 'lost_interest', 'competitor'],
  gamer: ['level_too_hard', 'content_used_up', 'lost_interest'],
  high_value: ['service_issue', 'competitor', 'price'],
};

/** A warning of the file: when it was raised, so that events can come after it. */
export interface SampleWarning {
  person: Person;
  score: number;
  raisedDaysAgo: number;
}

/** The newest warning of a person; three of ten have none. */
export function warningOf(world: World, number: number): SampleWarning | undefined {
  const chance = chanceOf(`${world.seed}/warning/${number}`);
  if (chance.is(0.3)) return undefined;
  return { person: personOf(world, number), score: chance.next(), raisedDaysAgo: 0.3 + 4 * chance.next() };
}

/** warnings.csv: scores over the whole range, some users with an older warning too, about 2 % faulty rows. */
export function* warningsFile(world: World): Generator<string> {
  yield csvLine(HEADER);
  for (let number = 1; number <= world.users; number++) {
    const warning = warningOf(world, number);
    if (!warning) continue;
    const chance = chanceOf(`${world.seed}/reasons/${number}`);
    const cells = cellsOf(world, warning, chance);
    if (chance.is(0.08)) {
      const older = { ...warning, score: chance.next(), raisedDaysAgo: warning.raisedDaysAgo + 3 };
      yield csvLine(cellsOf(world, older, chance));
    }
    yield chance.is(0.02) ? spoil(world, cells, chance) : csvLine(cells);
  }
}

function cellsOf(world: World, warning: SampleWarning, chance: Chance): string[] {
  const { person, score, raisedDaysAgo } = warning;
  const reasons = new Set([chance.pick(REASONS[person.segment])]);
  if (chance.is(0.3)) reasons.add(chance.pick(REASONS[person.segment]));
  return [
    person.userId,
    score.toFixed(4),
    person.segment,
    [...reasons].join('|'),
    daysFrom(world.now, -raisedDaysAgo),
    daysFrom(world.now, chance.between(10, 30)),
    'default',
    JSON.stringify({ last_visit: person.attributes.last_visit }),
  ];
}

/** One of the faults that models and their exports make. */
function spoil(world: World, cells: string[], chance: Chance): string {
  const day = daysFrom(world.now, 1);
  const faults = [
    () => csvLine(cells.with(1, '1.27')),
    () => csvLine(cells.with(1, 'NaN')),
    () => csvLine(cells.with(2, '')),
    () => csvLine(cells.with(4, day)),
    () => csvLine(cells.with(4, daysFrom(world.now, -40)).with(5, daysFrom(world.now, -10))),
    () => csvLine(cells.with(0, `x${cells[0]}`)),
    () => csvLine(cells.with(4, '2026-02-30 10:00')),
    () => `${cells.slice(0, 7).join(',')},"${cells[7]}\n`,
  ];
  return chance.pick(faults)();
}
