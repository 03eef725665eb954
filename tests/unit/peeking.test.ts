import { expect, test } from 'vitest';
import { type Course, followExperiment, type Looks } from '../../bench/peeking/look.ts';
import { experimentOf, type World } from '../../bench/peeking/world.ts';
import { seededRandom } from '../support/seeded-random.ts';

// The whole of it, 2,000 experiments per row: npm run bench:peeking.
const EXPERIMENTS = 60;

function follow(world: Omit<World, 'days'>, { looks, experiments }: { looks: Looks; experiments: number }): Course[] {
  return Array.from({ length: experiments }, (_, seed) => {
    const whole = { ...world, days: 28 };
    return followExperiment(whole, experimentOf(whole, seededRandom(seed + 1)), looks);
  });
}

const count = (courses: readonly Course[], is: (course: Course) => boolean): number => courses.filter(is).length;

test.each([
  { goal: 'rate', holdout: 0.02, baseRate: 0.05, entriesPerDay: 2000 },
  { goal: 'rate', holdout: 0.5, baseRate: 0.3, entriesPerDay: 200 },
  { goal: 'revenue', holdout: 0.05, baseRate: 0.2, entriesPerDay: 300 },
] as const)('daily looks at a $goal where nothing works decide nothing at a holdout of $holdout', (world) => {
  const courses = follow({ ...world, lift: 0 }, { looks: 'decidable', experiments: EXPERIMENTS });
  expect(count(courses, ({ shipped, stopped }) => shipped || stopped) / EXPERIMENTS).toBeLessThanOrEqual(0.05);
  expect(count(courses, ({ alwaysCovered }) => alwaysCovered) / EXPERIMENTS).toBeGreaterThanOrEqual(0.94);
  expect(count(courses, ({ fixedCovered }) => fixedCovered === true) / EXPERIMENTS).toBeGreaterThanOrEqual(0.9);
});

test('a strong effect is found under daily looks, and nothing stopped', () => {
  const world = { goal: 'rate', holdout: 0.1, baseRate: 0.1, lift: 0.6, entriesPerDay: 1000 } as const;
  const courses = follow(world, { looks: 'weekly', experiments: 8 });
  expect(count(courses, ({ foundOn }) => foundOn !== null)).toBe(8);
  expect(count(courses, ({ stopped }) => stopped)).toBe(0);
});

test.each(['rate', 'revenue'] as const)(
  'the looks at a %s that the bench leaves out could not have decided anything',
  (goal) => {
    const world = { goal, holdout: 0.1, baseRate: 0.1, lift: 0.4, entriesPerDay: 400 };
    const courses = follow(world, { looks: 'all', experiments: 2 });
    expect(count(courses, ({ surprises }) => surprises > 0)).toBe(0);
  },
);
