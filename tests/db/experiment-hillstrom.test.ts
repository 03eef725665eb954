import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { importExperiment } from '../../src/app/experiment/import-experiment.ts';
import { freshDatabase } from '../support/database.ts';
import { hasHillstrom, writeRecordedHillstrom } from '../support/recorded-hillstrom.ts';

const { db } = await freshDatabase();
const missing = !hasHillstrom();
const folder = await mkdtemp(join(tmpdir(), 'recallwave-recorded-hillstrom-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const now = new Date('2026-03-10T08:00:00Z');

test.skipIf(missing)(
  "Hillstrom's 64,000 rows become entries with their outcomes, whether no e-mail was an arm or the holdout",
  async () => {
    for (const noEmail of ['control', 'holdout'] as const) {
      const { campaign, recorded } = await writeRecordedHillstrom({ folder, noEmail });
      const report = await importExperiment({ db, path: recorded, campaign, actor: 'test', now });
      const none = noEmail === 'control' ? 'no-e-mail' : 'holdout';
      expect(report).toMatchObject({ read: 64_000, inserted: 64_000, rejected: 0, published: true });
      expect(Object.fromEntries(report.groups.map(({ group, entries }) => [group, entries]))).toEqual({
        'mens-e-mail': 21_307,
        'womens-e-mail': 21_387,
        [none]: 21_306,
      });
      for (const { probability } of report.groups) expect(probability).toBeCloseTo(1 / 3, 6);
      expect(await totals(report.campaignId)).toEqual({
        'mens-e-mail': { visit: 3894, conversion: 267, spend: 3_031_169 },
        'womens-e-mail': { visit: 3238, conversion: 189, spend: 2_303_811 },
        [none]: { visit: 2262, conversion: 122, spend: 1_390_833 },
      });
    }
    expect(await db('users').count('* as n').first()).toEqual({ n: 64_000 });
    expect(await db('entries').where({ segment: 'both' }).count('* as n').first()).toEqual({ n: 2 * 6_448 });
    expect(await db('messages').first()).toBeUndefined();
  },
  120_000,
);

async function totals(campaignId: string): Promise<Record<string, Record<string, number>>> {
  const { rows } = await db.raw(
    `select coalesce(e.arm, e.assignment) as "group", o.type, sum(o.count)::int as times, sum(o.value_minor) as amount
     from entries e join recorded_outcomes o using (entry_no) where e.campaign_id = ? group by 1, 2`,
    [campaignId],
  );
  const found: Record<string, Record<string, number>> = {};
  for (const row of rows as { group: string; type: string; times: number; amount: string | null }[]) {
    (found[row.group] ??= {})[row.type] = row.type === 'spend' ? Number(row.amount) : row.times;
  }
  return found;
}
