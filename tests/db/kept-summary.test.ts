import { beforeEach, expect, test } from 'vitest';
import { keptSummaries } from '../../src/app/summaries/kept-summary.ts';
import { freshDatabase } from '../support/database.ts';

const { db } = await freshDatabase();
const soon = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
let counted = 0;
const counting = (ms: number) => async (): Promise<string> => {
  await soon(ms);
  counted += 1;
  return `[${counted}]`;
};

beforeEach(async () => {
  await db('summaries').delete();
  counted = 0;
});

test('small data are counted for every look, and nothing is kept', async () => {
  const summaries = keptSummaries(db, { quickMs: 5_000 });
  const ask = () => summaries.ask({ key: 'small', compute: counting(0) });
  expect(await ask()).toEqual({ content: '[1]', ageMs: 0 });
  expect(await ask()).toEqual({ content: '[2]', ageMs: 0 });
  expect(await db('summaries')).toEqual([]);
});

test('who looks at large data does not wait for the count, and however many look, it is made once', async () => {
  const summaries = keptSummaries(db, { quickMs: 0 });
  const ask = () => summaries.ask({ key: 'large', compute: counting(300), patienceMs: 50 });
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([null, null, null]);
  await expect.poll(async () => (await ask())?.content).toBe('[1]');
  // Another process, or this one after a restart, has it too.
  const other = await keptSummaries(db).ask({ key: 'large', compute: counting(0) });
  expect(other?.content).toBe('[1]');
  expect(counted).toBe(1);
});

test('an old answer is shown while a new one is counted, and small data are not kept any more', async () => {
  const large = keptSummaries(db, { quickMs: 0 });
  await large.ask({ key: 'old', compute: counting(5) });
  await db.raw(`update summaries set made_at = now() - interval '31 seconds'`);
  const small = keptSummaries(db, { quickMs: 5_000 });
  const look = async () => (await small.ask({ key: 'old', compute: counting(50) }))?.content;
  expect(await look()).toBe('[1]');
  await expect.poll(() => db('summaries')).toEqual([]);
  expect(await look()).toBe('[3]');
});

test('a count that fails is told to who waits, and the next look counts again', async () => {
  const summaries = keptSummaries(db, { quickMs: 5_000 });
  const failing = () => Promise.reject(new Error('no such wave'));
  await expect(summaries.ask({ key: 'fails', compute: failing })).rejects.toThrow('no such wave');
  expect((await summaries.ask({ key: 'fails', compute: counting(0) }))?.content).toBe('[1]');
});

test('two are counted at once, the third waits for its turn', async () => {
  const summaries = keptSummaries(db);
  let [at, most] = [0, 0];
  const compute = async (): Promise<string> => {
    most = Math.max(most, (at += 1));
    await soon(30);
    at -= 1;
    return '[]';
  };
  await Promise.all(['a', 'b', 'c', 'd'].map((key) => summaries.ask({ key, compute })));
  expect(most).toBe(2);
});
