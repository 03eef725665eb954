import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { benchWaves, HILLSTROM } from '../../bench/wave.ts';

const there = existsSync(HILLSTROM);
if (!there) process.stderr.write(`skipped: ${HILLSTROM} is not there\n`);

test.skipIf(!there)(
  "a wave over 2,000 of Hillstrom's customers is imported, rehearsed, sent through Temporal and proved",
  async () => {
    const [run] = await benchWaves([2_000]);
    expect(run).toMatchObject({ users: 2_000, proved: true });
    const ways = run?.waterfall ?? {};
    expect(Object.values(ways).reduce((sum, users) => sum + users, 0)).toBe(2_000);
    expect(ways['contacted: ACCEPTED']).toBeGreaterThan(1_500);
    // A tenth is held out: 200 ± 4 standard deviations.
    expect(Math.abs((ways['held_out: holdout'] ?? 0) - 200)).toBeLessThan(54);
    expect(run?.longestHistory).toBeLessThan(2_000);
  },
  180_000,
);
