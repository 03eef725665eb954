import { join } from 'node:path';
import type { Knex } from 'knex';
import { hasAnyUserOrCampaign } from '../../db/queries/usage.ts';
import type { Actor } from '../../domain/actor.ts';
import { importExperiment, type ExperimentImportReport } from '../experiment/import-experiment.ts';
import { importFile, type ImportReport } from '../imports/import-file.ts';
import { RECORDED_CAMPAIGN } from '../sample-company/recorded-file.ts';
import { writeSampleCompany } from '../sample-company/write-sample-company.ts';

/** Writes the sample company into `folder` and imports its files but the past experiment one after the other; bad rows go beside them. */
export async function importSampleCompany(input: {
  db: Knex;
  folder: string;
  users: number;
  pushKeys: { p256dh: string; auth: string };
  pushHosts: readonly string[];
  actor: Actor;
  now: Date;
  onReport: (report: ImportReport) => void;
}): Promise<ImportReport[]> {
  const { db, folder, users, pushKeys, pushHosts, actor, now, onReport } = input;
  const files = await writeSampleCompany({ folder, users, seed: 'recallwave', now, pushKeys });
  const reports: ImportReport[] = [];
  for (const { kind, path } of files.filter((file) => file.kind !== 'recorded')) {
    const report = await importFile({ db, kind, input: path, sourceName: path, actor, now, options: { pushHosts } });
    onReport(report);
    reports.push(report);
  }
  return reports;
}

/** Brings the sample company's past experiment in, so that there is something to read and to learn from; its campaign is there. */
export function importSampleExperiment(input: {
  db: Knex;
  folder: string;
  actor: Actor;
  now: Date;
}): Promise<ExperimentImportReport> {
  const { folder, ...rest } = input;
  return importExperiment({ ...rest, path: join(folder, 'recorded.csv'), campaign: RECORDED_CAMPAIGN });
}

/** True while nobody has imported a user or applied a campaign. */
export async function isUnused(db: Knex): Promise<boolean> {
  return !(await hasAnyUserOrCampaign(db));
}
