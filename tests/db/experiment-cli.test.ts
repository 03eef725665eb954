import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { lastWaveDate, recentAudiences } from '../../src/db/queries/open-wave.ts';
import { freshDatabase } from '../support/database.ts';
import { runCli } from '../support/run-cli.ts';

const { db, url } = await freshDatabase();
const folder = await mkdtemp(join(tmpdir(), 'recallwave-experiment-cli-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const CAMPAIGN = `
campaign: autumn
name: { en: Autumn }
timezone: UTC
currency: EUR
locales: [en]
audience: {}
policy: { lo: 0.5 }
holdout: 0.5
actions:
  - id: offer
    kind: content
    arms:
      - id: push
        share: 1
        steps:
          - channels: [push]
            contents:
              push: { title: { en: "For you" }, body: { en: "Come back" }, url: "https://shop.example.com/" }
goal: { event: purchase, baseRate: 0.2 }
returnEvents: [purchase]
schedule: { at: "10:00" }
`;
const RECORDED = `user_id;segment;score;arm;assigned_at;contacted;purchased;revenue
ana;gold;0.7;push;2025-09-01T09:00:00Z;true;2;30.50
ben;gold;0.7;holdout;2025-09-01T09:00:00Z;false;0;
eve;gold;0.7;letter;2025-09-01T09:00:00Z;true;0;
`;

test('a recorded experiment comes in by command and is told apart from waves by wave, prove and why', async () => {
  const campaign = join(folder, 'autumn.yaml');
  const recorded = join(folder, 'recorded.csv');
  await writeFile(campaign, CAMPAIGN);
  await writeFile(recorded, RECORDED);
  const imported = await runCli(url, 'experiment', 'import', recorded, '--campaign', campaign);
  expect(imported.code).toBe(1);
  expect(imported.out).toContain('3 rows read, 2 accepted, 1 rejected');
  expect(imported.out).toMatch(/offer +push +1 +50\.0 %/);
  expect(imported.err).toContain('autumn was published and is paused');
  expect(imported.err).toContain('recallwave campaign resume autumn');

  const list = await runCli(url, 'wave', 'list');
  expect(list.out).toMatch(/autumn +2025-09-01 +1 +done \(recorded\) +2/);
  const show = await runCli(url, 'wave', 'show', 'autumn/2025-09-01');
  expect(show.out).toContain('recorded by import 1: nothing was sent');
  expect(show.out).toMatch(/offer +holdout +1/);
  const proof = await runCli(url, 'prove', 'autumn');
  expect(proof.code).toBe(0);
  expect(proof.out).toContain('run elsewhere: recorded, nothing was sent');
  const why = await runCli(url, 'why', 'ana');
  expect(why.out).toContain('in push of offer since 2025-09-01');
  expect(why.out).toContain('nothing was sent from here');
  expect(why.out).toContain('purchase × 2 of 30.50 EUR');
  expect((await runCli(url, '--json', 'why', 'ben')).json()).toMatchObject({
    inAudience: true,
    answer: expect.stringContaining('nothing came'),
  });

  await db('waves').update({ audience: 3 });
  const off = await runCli(url, 'prove', 'autumn');
  expect(off.code).toBe(1);
  expect(off.out).toContain('audience 3, recorded entries 2');
});

test('recorded waves count neither for the median of audiences nor as the last date of a campaign', async () => {
  expect(await recentAudiences(db, 'autumn', '2025-09-02')).toEqual({ audiences: [], wavesBefore: 0 });
  const [published] = await db('campaign_versions').pluck('published_at');
  expect(await lastWaveDate(db, 'autumn')).toBe((published as Date).toISOString().slice(0, 10));
});
