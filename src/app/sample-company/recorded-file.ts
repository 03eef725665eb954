import { csvLine } from './csv-line.ts';
import { chanceOf, type Chance } from './random.ts';
import { daysFrom, type World } from './world.ts';

/** The campaign whose past experiment the file is. */
export const RECORDED_CAMPAIGN = 'game-return-pack';

const HEADER = [
  'user_id',
  'segment',
  'reasons',
  'score',
  'arm',
  'assigned_at',
  'contacted',
  'probability',
  'play',
  'unsubscribed',
];
const ENTRIES = 8_000;
/** Assigned evenly over eight weeks that ended long enough ago for every window and re-entry gap to be over. */
const FIRST_DAYS_AGO = 104;
const DAYS = 56;
const HOLDOUT = 0.1;
const FAULTY = 0.01;

const ACTIONS = [
  { reason: 'level_too_hard', arm: 'pack', lift: 0.1 },
  { reason: 'content_used_up', arm: 'preview', lift: 0.06 },
] as const;

/** Chance to come back by itself: who is likely to leave seldom does. */
function unaided(score: number): number {
  return 0.3 * Math.exp(-2.5 * score);
}

/** What help adds: most for the undecided, little for those who stay or are gone anyhow. */
function lifted(score: number, lift: number): number {
  return lift * Math.exp(-0.5 * ((score - 0.5) / 0.2) ** 2);
}

/**
 * recorded.csv: last season's experiment of the game campaign, with players who are not customers any more. Help pays in the
 * middle of the scores, which is not quite where the campaign's file sets its threshold.
 */
export function* recordedFile(world: World): Generator<string> {
  yield csvLine(HEADER);
  for (let number = 1; number <= ENTRIES; number++) {
    const chance = chanceOf(`${world.seed}/recorded/${number}`);
    const { reason, arm, lift } = chance.pick(ACTIONS);
    const score = chance.next();
    const heldOut = chance.is(HOLDOUT);
    const treated = !heldOut && chance.is(0.5);
    const returns = chance.is(unaided(score) + (treated ? lifted(score, lift) : 0));
    const leaves = treated && chance.is(0.001 + 0.002 * score);
    const cells = [
      `past-${String(number).padStart(5, '0')}`,
      'gamer',
      reason,
      score.toFixed(4),
      heldOut ? 'holdout' : treated ? arm : 'nothing',
      daysFrom(world.now, -FIRST_DAYS_AGO + (DAYS * number) / ENTRIES),
      String(treated),
      String(heldOut ? HOLDOUT : (1 - HOLDOUT) / 2),
      String(returns),
      String(leaves),
    ];
    yield csvLine(chance.is(FAULTY) ? spoil(cells, chance) : cells);
  }
}

/** An arm of before, a score in per cent, a time of next month. */
function spoil(cells: string[], chance: Chance): string[] {
  const [at, value] = chance.pick([
    [4, 'old-pack'],
    [3, '47'],
    [5, '2999-01-01T00:00:00Z'],
  ] as const);
  return cells.with(at, value);
}
