import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importExperiment } from '../../src/app/experiment/import-experiment.ts';
import type { CampaignRead, Contrast, Estimate } from '../../src/domain/read.ts';
import { freshDatabase } from '../support/database.ts';
import { hasHillstrom, writeRecordedHillstrom } from '../support/recorded-hillstrom.ts';
import { runCli } from '../support/run-cli.ts';

/** EXPERIMENTS.md §4: Hillstrom's experiment with 64,000 customers, two e-mails against none. */

const { db, url } = await freshDatabase();
const missing = !hasHillstrom();
const folder = await mkdtemp(join(tmpdir(), 'recallwave-results-hillstrom-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const campaignId = 'hillstrom-recorded-control';

beforeAll(async () => {
  if (missing) return;
  const { campaign, recorded } = await writeRecordedHillstrom({ folder, noEmail: 'control' });
  await importExperiment({ db, path: recorded, campaign, actor: 'test', now: new Date('2026-03-10T08:00:00Z') });
}, 120_000);

async function read(...options: string[]): Promise<CampaignRead> {
  const { json } = await runCli(url, '--json', 'results', campaignId, ...options);
  return (json() as { read: CampaignRead }).read;
}

function absolute(contrasts: readonly Contrast[], arm: string, metric: string): Estimate {
  const found = contrasts.find((one) => one.arm === arm && one.metric === metric && one.against === 'control');
  if (!found?.absolute) throw new Error(`no ${metric} of ${arm}`);
  return found.absolute;
}

function written({ value, low, high }: Estimate, scale: number, digits: number): string {
  return [value, low, high].map((part) => (part * scale).toFixed(digits)).join(' ');
}

test.skipIf(missing)(
  "gives Hillstrom's differences, intervals and sample ratio to the digits that are known",
  async () => {
    const { contrasts, sampleRatio, verdicts, notes } = await read();
    expect(written(absolute(contrasts, 'mens-e-mail', 'goal'), 100, 2)).toBe('7.66 7.00 8.32');
    expect(written(absolute(contrasts, 'mens-e-mail', 'conversion'), 100, 3)).toBe('0.681 0.501 0.864');
    expect(written(absolute(contrasts, 'mens-e-mail', 'spend'), 0.01, 3)).toBe('0.770 0.485 1.055');
    expect(written(absolute(contrasts, 'womens-e-mail', 'goal'), 100, 2)).toBe('4.52 3.89 5.16');
    expect(written(absolute(contrasts, 'womens-e-mail', 'conversion'), 100, 3)).toBe('0.311 0.150 0.475');
    expect(written(absolute(contrasts, 'womens-e-mail', 'spend'), 0.01, 3)).toBe('0.424 0.169 0.680');
    expect(sampleRatio).toMatchObject([{ alarm: false, p: expect.closeTo(0.904, 3) }]);
    expect(verdicts.map(({ arm, decision }) => [arm, decision])).toEqual([
      ['mens-e-mail', 'ship'],
      ['womens-e-mail', 'ship'],
    ]);
    expect(notes.join('\n')).toMatch(/Recorded data/);
  },
);

test.skipIf(missing)("shows by segment whom the women's e-mail moves", async () => {
  const { slices } = await read('--by', 'segment');
  const points = slices.map(({ slice, contrasts }) => [
    slice,
    (absolute(contrasts, 'womens-e-mail', 'goal').value * 100).toFixed(1),
  ]);
  expect(points).toEqual([
    ['both', expect.any(String)],
    ['mens_only', '1.1'],
    ['womens_only', '7.4'],
  ]);
  const both = slices[0]?.groups.reduce((sum, group) => sum + group.entries, 0);
  expect(both).toBe(6448);
});

test.skipIf(missing)('prints the read for people', async () => {
  const { out, code } = await runCli(url, 'results', campaignId, '--by', 'segment');
  expect(code).toBe(0);
  expect(out).toMatch(/^results of hillstrom-recorded-control, version 1, as of /);
  expect(out).toMatch(/\n\nShip mens-e-mail: visit \+7\.66 points/);
});
