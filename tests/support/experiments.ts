import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Knex } from 'knex';
import { afterAll, beforeEach } from 'vitest';
import { importExperiment, type ExperimentImportReport } from '../../src/app/experiment/import-experiment.ts';
import type { RejectRow } from './imports.ts';

/** The business clock of these tests. */
export const EXPERIMENT_NOW = new Date('2026-03-10T08:00:00Z');

/** A campaign file: two arms, a fifth held out, amounts in CNY. */
export const SPRING = `
campaign: spring
name: { en: Spring }
timezone: Asia/Shanghai
currency: CNY
locales: [en]
audience: { model: silence }
policy: { lo: 0.5 }
holdout: 0.2
actions:
  - id: offer
    kind: coupon
    arms:
      - { id: usual-mail, share: 0.25, control: true }
      - id: coupon
        share: 0.75
        steps:
          - channels: [push]
            contents:
              push: { title: { en: "For you" }, body: { en: "Come back" }, url: "https://shop.example.com/" }
goal: { event: purchase, windowDays: 14, baseRate: 0.2, value: revenue }
returnEvents: [purchase, visit]
costs: { margin: 0.4 }
reentryDays: 30
schedule: { at: "10:00" }
`;

/** The columns of recorded.csv before the outcomes. */
export const HEADER = 'user_id,segment,reasons,score,arm,assigned_at,contacted';

/** Imports of recorded experiments from texts, with what they rejected; every test begins without people and campaigns. */
export async function experiments(db: Knex) {
  const folder = await mkdtemp(join(tmpdir(), 'recallwave-experiment-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    await db.raw(`truncate users, warnings, events, entries, waves, wave_shards, recorded_assignments, recorded_outcomes, imports,
      live_policies, campaign_versions, campaigns restart identity cascade`);
  });
  const campaignFile = join(folder, 'campaign.yaml');
  /** `campaign`: the text of a campaign file, or a campaign's id. */
  const run = async (text: string, campaign = SPRING): Promise<ExperimentImportReport & { rejects: RejectRow[] }> => {
    const path = join(folder, 'recorded.csv');
    await writeFile(path, text);
    const isFile = campaign.includes('\n');
    if (isFile) await writeFile(campaignFile, campaign);
    const name = isFile ? campaignFile : campaign;
    const report = await importExperiment({ db, path, campaign: name, actor: 'cli:ana', now: EXPERIMENT_NOW });
    const rejects = report.rejectsFile === null ? '' : await readFile(report.rejectsFile, 'utf8');
    return { ...report, rejects: parse(rejects, { columns: true, bom: true }) as RejectRow[] };
  };
  return { run, campaignFile };
}
