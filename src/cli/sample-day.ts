import { join } from 'node:path';
import { applyCampaignFile } from '../app/campaigns/apply.ts';
import { ensureDemoAccounts } from '../app/demo/demo-accounts.ts';
import { importSampleCompany, importSampleExperiment } from '../app/demo/import-sample.ts';
import { runToday, type TodaysRun } from '../app/demo/run-today.ts';
import { shippedCampaignFiles } from '../app/demo/shipped-campaigns.ts';
import type { ImportReport } from '../app/imports/import-file.ts';
import { namedWave } from '../app/named.ts';
import { prove, type ProofReport } from '../app/prove.ts';
import { rehearse, type RehearsalReport } from '../app/rehearse.ts';
import { ensureSchedules } from '../app/schedules.ts';
import { proposeThresholds } from '../app/thresholds.ts';
import { waveReport, type WaveReport } from '../app/wave-report.ts';
import { eachAcceptance } from '../channels/stand-ins/acceptances.ts';
import { STAND_IN_PUSH_KEYS } from '../channels/stand-ins/push-keys.ts';
import type { Stack } from '../worker/stack/stack.ts';
import type { Cli } from './cli.ts';
import { number } from './format/table.ts';

/** One campaign of the sample day: what was foretold, what became of it, and the proof. */
export interface SampleWave {
  campaignId: string;
  workflowId: string;
  rehearsal: RehearsalReport;
  run: TodaysRun['run'];
  report: WaveReport | null;
  proof: ProofReport | null;
}

export interface SampleDay {
  imports: ImportReport[];
  waves: SampleWave[];
}

/** Imports the sample company, applies the shipped campaigns, rehearses them, runs today's waves and proves them. */
export async function runSampleDay(cli: Cli, stack: Stack, users: number): Promise<SampleDay> {
  const imports = await importCompany(cli, stack, users);
  await ensureDemoAccounts(stack.db, cli.actor);
  const campaignIds = await applyShipped(cli, stack);
  await importPast(cli, stack);
  const rehearsals = await rehearseAll(cli, stack, campaignIds);
  cli.note("triggering each campaign's Schedule …");
  const progress = cli.progress('accepted by the stand-ins');
  const runs = await runToday({
    client: stack.temporal,
    db: stack.db,
    campaignIds,
    actor: cli.actor,
    onProgress: (accepted, planned) => progress.update(accepted, planned),
  });
  progress.end();
  const waves: SampleWave[] = [];
  for (const { campaignId, workflowId, run } of runs) {
    const rehearsal = rehearsals.find((one) => one.campaignId === campaignId);
    if (rehearsal !== undefined)
      waves.push({ campaignId, workflowId, rehearsal, run, ...(await outcomeOf(stack, run)) });
  }
  return { imports, waves };
}

async function importCompany(cli: Cli, stack: Stack, users: number): Promise<ImportReport[]> {
  cli.note(`importing a sample company of ${number(users)} users …`);
  return importSampleCompany({
    db: stack.db,
    folder: join(stack.config.home, 'sample-company'),
    users,
    pushKeys: STAND_IN_PUSH_KEYS,
    pushHosts: stack.config.pushHosts,
    actor: cli.actor,
    now: new Date(),
    onReport: ({ kind, accepted, rejected, rejectsFile }) =>
      cli.note(
        `  ${kind}: ${number(accepted)} accepted${rejected === 0 ? '' : `, ${number(rejected)} rejected (${rejectsFile})`}`,
      ),
  });
}

async function importPast(cli: Cli, stack: Stack): Promise<void> {
  const folder = join(stack.config.home, 'sample-company');
  const report = await importSampleExperiment({ db: stack.db, folder, actor: cli.actor, now: new Date() });
  await proposeThresholds({ db: stack.db, campaignId: report.campaignId, now: new Date(), actor: cli.actor });
  cli.note(
    `  a past experiment of ${report.campaignId}: ${number(report.accepted)} entries; read it with: recallwave results ${report.campaignId}`,
  );
}

async function applyShipped(cli: Cli, stack: Stack): Promise<string[]> {
  const campaignIds: string[] = [];
  for (const path of await shippedCampaignFiles()) {
    const applied = await applyCampaignFile({ db: stack.db, path, actor: cli.actor, now: new Date() });
    campaignIds.push(applied.campaignId);
    cli.note(`applied ${applied.campaignId}, version ${applied.version}`);
  }
  await ensureSchedules({ client: stack.temporal, db: stack.db, config: stack.config });
  return campaignIds;
}

async function rehearseAll(cli: Cli, stack: Stack, campaignIds: string[]): Promise<RehearsalReport[]> {
  const reports: RehearsalReport[] = [];
  for (const campaignId of campaignIds) {
    const report = await rehearse({ db: stack.db, campaignId, decisionAt: new Date() });
    const messages = report.channels
      .map(({ channel, messages: planned }) => `${channel} ${number(planned)}`)
      .join(', ');
    cli.note(`rehearsed ${campaignId}: audience ${number(report.audience)}, messages: ${messages || 'none'}`);
    reports.push(report);
  }
  return reports;
}

async function outcomeOf(
  stack: Stack,
  run: TodaysRun['run'],
): Promise<{ report: WaveReport | null; proof: ProofReport | null }> {
  if (run.campaign.waveNo === null) return { report: null, proof: null };
  const { db, acceptancesFile: file } = stack;
  const wave = await namedWave(db, String(run.campaign.waveNo));
  // Never live, so the stand-ins speak for all channels.
  const standIns = { file, channels: ['email', 'sms', 'push'] as const, read: () => eachAcceptance(file) };
  return { report: await waveReport({ db, wave, now: new Date() }), proof: await prove({ db, wave, standIns }) };
}
