import type { Knex } from 'knex';
import type { Db } from '../../db/connect.ts';
import type { LoadedVersion } from '../../db/queries/campaigns.ts';
import { recordedGroups, recordedWaves, type RecordedGroupCount } from '../../db/queries/recorded-groups.ts';
import type { Actor } from '../../domain/actor.ts';
import { importWith, type ImportProgress, type ImportReport } from '../imports/import-file.ts';
import type { ImportInput } from '../imports/open-source.ts';
import { experimentKind, type ExperimentTally } from './experiment-kind.ts';
import { targetCampaign } from './target-campaign.ts';

/** One import of a past experiment. */
export interface ExperimentImport {
  db: Db;
  /** recorded.csv or JSON lines: a path, or a stream. */
  path: ImportInput;
  /** What the log calls the source; default the path. */
  sourceName?: string;
  /** A campaign's id, or the path of a campaign file. */
  campaign: string;
  actor: Actor;
  /** The business clock: what lies in the future. */
  now: Date;
  rejectsFile?: string;
  format?: 'csv' | 'jsonl';
  onProgress?: (progress: ImportProgress) => void;
}

/** What became of it: the counts of an import in entries, and how the campaign stands now. */
export interface ExperimentImportReport extends ImportReport {
  campaignId: string;
  version: number;
  /** True: the campaign was published by this import, and is paused. */
  published: boolean;
  /** Recorded waves of the campaign in all. */
  waves: { waves: number; from: string | null; until: string | null };
  /** Recorded entries of the campaign in all. */
  groups: RecordedGroupCount[];
}

/**
 * Brings a past experiment in as entries of a campaign, as if it had been run here; nothing is ever sent. One transaction: the
 * campaign, where it is new, comes with its entries or not at all. Throws BadInput where the file as a whole can't be read so.
 */
export async function importExperiment(input: ExperimentImport): Promise<ExperimentImportReport> {
  return input.db.transaction(async (trx) => {
    const { version, published } = await targetCampaign(trx, { ...input, name: input.campaign });
    const { definition, tally } = experimentKind(version);
    const report = await importWith(requestOf(trx, input), definition);
    const groups = await recordedGroups(trx, { campaignId: version.campaignId });
    return {
      ...report,
      warnings: [...report.warnings, ...remarksOf({ tally, version, groups })],
      campaignId: version.campaignId,
      version: version.version,
      published,
      waves: await recordedWaves(trx, version.campaignId),
      groups,
    };
  });
}

function requestOf(trx: Knex.Transaction, input: ExperimentImport): Parameters<typeof importWith>[0] {
  const { path, format } = input;
  return {
    db: trx,
    kind: 'recorded',
    input: path,
    sourceName: input.sourceName ?? (typeof path === 'string' ? path : 'standard input'),
    actor: input.actor,
    now: input.now,
    ...(input.rejectsFile !== undefined && { rejectsFile: input.rejectsFile }),
    ...(format !== undefined && { options: { format } }),
    ...(input.onProgress && { onProgress: input.onProgress }),
  };
}

function remarksOf(input: {
  tally: ExperimentTally;
  version: LoadedVersion;
  groups: readonly RecordedGroupCount[];
}): string[] {
  const { tally, version } = input;
  const remarks = [...tally.remarks];
  if (tally.withoutProbability > 0) remarks.push(designRemark(input));
  if (tally.heldOut === 0) {
    remarks.push('no row is held out: arms can be compared with a control arm only');
  }
  if (tally.heldOutContacted > 0) {
    remarks.push(
      `${tally.heldOutContacted} held-out rows say contacted: they stay held out (intention to treat), which makes effects look smaller`,
    );
  }
  if (tally.guessedAction > 0) {
    const [first] = version.campaign.actions;
    remarks.push(
      `${tally.guessedAction} held-out rows went to the action whose reasons fit theirs, else to ${first?.id ?? 'the first'}`,
    );
  }
  if (tally.late > 0) {
    const days = version.campaign.goal.windowDays;
    remarks.push(`${tally.late} outcomes came more than ${days} days after the assignment and don't count`);
  }
  return remarks;
}

function designRemark({ tally, groups }: { tally: ExperimentTally; groups: readonly RecordedGroupCount[] }): string {
  const total = groups.reduce((sum, group) => sum + group.entries, 0);
  const shares = groups.map(
    ({ group, entries, probability }) => `${group} ${percent(probability)} (rows: ${percent(entries / total)})`,
  );
  return `${tally.withoutProbability} rows have no probability: the campaign's shares are taken for it: ${shares.join(', ')}; add the column probability if the experiment had others`;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
