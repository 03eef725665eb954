import { existsSync, readFileSync } from 'node:fs';

/** Reference values beside the repository (scipy, statsmodels, gbstats, mpmath; see EXPERIMENTS.md). */
const FOLDER = new URL('../../../shared/oracles/', import.meta.url);

/** The parsed reference file (its shape is the test’s to say), or the test is skipped with a message where the folder isn't there. */
export function oracle(name: string, skip: (note: string) => never): unknown {
  const file = new URL(name, FOLDER);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : skip(`${file.pathname} is missing`);
}

/** Largest error of `actual` against `expected`, relative, or absolute for expectations under 1e-6. */
export function largestError(actual: readonly number[], expected: readonly number[]): number {
  const errors = expected.map((value, at) => Math.abs(actual[at]! - value) / Math.max(Math.abs(value), 1e-6));
  return actual.length === expected.length
    ? Math.max(...errors.map((error) => (Number.isNaN(error) ? Infinity : error)))
    : Infinity;
}
