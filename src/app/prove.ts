import type { Knex } from 'knex';
import { loadVersion } from '../db/queries/campaigns.ts';
import {
  addAcceptances,
  addAcceptancesFromRows,
  closeAcceptanceTable,
  countAcceptances,
  fileChecks,
  openAcceptanceTable,
  protectionChecks,
  type ProofAcceptance,
} from '../db/queries/proof-acceptances.ts';
import {
  balanceRows,
  inProofSnapshot,
  rowChecks,
  runCheck,
  snapshotTime,
  stepSizes,
  type CheckHits,
} from '../db/queries/proof.ts';
import { freshenStatistics } from '../db/queries/statistics.ts';
import type { WaveRow } from '../db/queries/waves.ts';
import type { Campaign } from '../domain/campaign.schema.ts';
import { CHANNELS, type ChannelName } from '../domain/words.ts';
import { TEST_DELIVERY_ID } from '../templates/recipient-urls.ts';
import { balanceOf, isBalanced, type StepBalance } from './prove/balance.ts';
import { recordedChecks } from './prove/recorded.ts';
import { checkCaps, checkQuietHours, settingsOverTime } from './prove/caps-check.ts';
import { CHECK_FIXES, CHECKS } from './prove/sentences.ts';

/** What the stand-ins took, and for which channels they stood in. */
export interface StandInAcceptances {
  file: string;
  channels: readonly ChannelName[];
  read(): AsyncIterable<ProofAcceptance>;
}

/** One check: `ok` when nothing was found; else how often, with up to five ids. */
export interface ProofCheck extends CheckHits {
  ok: boolean;
  sentence: string;
  fix: string | null;
}

/** What `prove` found; `proved` is true when no check has a difference. */
export interface ProofReport {
  /** `recorded`: an experiment that was run elsewhere; nothing was sent. */
  wave: { waveNo: number; campaignId: string; localDate: string; state: string; recorded: boolean };
  /** The database's time of the snapshot that was looked at. */
  at: Date;
  steps: StepBalance[];
  acceptances: { source: 'stand-ins' | 'rows'; file: string | null; total: number; ofWave: number; withoutId: number };
  checks: ProofCheck[];
  proved: boolean;
  /** Users whose message is not in an end state yet: the proof holds so far. */
  open: number;
}

/** Balances a wave from its rows and against what the stand-ins accepted (rule 10). Changes nothing. */
export async function prove(input: {
  db: Knex;
  wave: WaveRow;
  standIns?: StandInAcceptances | undefined;
}): Promise<ProofReport> {
  const { wave, standIns } = input;
  if (wave.trigger === 'recorded') return proveRecorded(input);
  await freshenStatistics(input.db);
  return inProofSnapshot(input.db, async (trx) => {
    const at = await snapshotTime(trx);
    const steps = balanceOf(await stepSizes(trx, wave.waveNo), await balanceRows(trx, wave.waveNo));
    await fillAcceptances(trx, { waveNo: wave.waveNo, standIns, until: at });
    const version = wave.version ?? undefined;
    const loaded = await loadVersion(trx, {
      campaignId: wave.campaignId,
      ...(version === undefined ? {} : { version }),
    });
    const found = await findDifferences(trx, { waveNo: wave.waveNo, campaign: loaded?.campaign, standIns, until: at });
    const checks = [balanceCheck(steps), ...found].map(toCheck);
    return {
      wave: headOf(wave),
      at,
      steps,
      acceptances: {
        source: standIns ? 'stand-ins' : 'rows',
        file: standIns?.file ?? null,
        ...(await countAcceptances(trx, wave.waveNo)),
      },
      checks,
      proved: checks.every((check) => check.ok),
      open: steps.reduce((sum, step) => sum + step.open + step.deferred + step.notPlanned, 0),
    };
  });
}

function headOf(wave: WaveRow): ProofReport['wave'] {
  const { waveNo, campaignId, localDate, state } = wave;
  return { waveNo, campaignId, localDate, state, recorded: wave.trigger === 'recorded' };
}

function proveRecorded({ db, wave }: { db: Knex; wave: WaveRow }): Promise<ProofReport> {
  return inProofSnapshot(db, async (trx) => {
    const checks = (await recordedChecks(trx, wave)).map(toCheck);
    return {
      wave: headOf(wave),
      at: await snapshotTime(trx),
      steps: [],
      acceptances: { source: 'rows', file: null, total: 0, ofWave: 0, withoutId: 0 },
      checks,
      proved: checks.every((check) => check.ok),
      open: 0,
    };
  });
}

const BATCH = 10_000;

/** Only what was accepted before the snapshot counts: a later one belongs to rows that the snapshot cannot see. */
async function fillAcceptances(
  trx: Knex.Transaction,
  input: { waveNo: number; standIns: StandInAcceptances | undefined; until: Date },
): Promise<void> {
  await openAcceptanceTable(trx);
  let batch: ProofAcceptance[] = [];
  for await (const acceptance of input.standIns?.read() ?? []) {
    if (new Date(acceptance.at) > input.until) continue;
    batch.push(acceptance);
    if (batch.length < BATCH) continue;
    await addAcceptances(trx, batch);
    batch = [];
  }
  if (batch.length > 0) await addAcceptances(trx, batch);
  const others = CHANNELS.filter((channel) => !input.standIns?.channels.includes(channel));
  await addAcceptancesFromRows(trx, { waveNo: input.waveNo, channels: others });
  await closeAcceptanceTable(trx);
}

async function findDifferences(
  trx: Knex.Transaction,
  input: { waveNo: number; campaign: Campaign | undefined; standIns: StandInAcceptances | undefined; until: Date },
): Promise<CheckHits[]> {
  const { waveNo, campaign, standIns, until } = input;
  const resendOnce = campaign?.unknownEmail === 'resend_once';
  const found: CheckHits[] = [];
  const queries = [
    ...rowChecks(waveNo),
    ...(standIns
      ? fileChecks({ waveNo, channels: standIns.channels, resendOnce, until, testDeliveryId: TEST_DELIVERY_ID })
      : []),
    ...protectionChecks(waveNo),
  ];
  for (const check of queries) found.push(await runCheck(trx, check));
  if (campaign) {
    const settingsAt = await settingsOverTime(trx);
    found.push(await checkCaps(trx, { waveNo, campaign, settingsAt }));
    found.push(await checkQuietHours(trx, { waveNo, campaign, settingsAt }));
  }
  return found;
}

function balanceCheck(steps: readonly StepBalance[]): CheckHits {
  const off = steps.filter((step) => !isBalanced(step));
  return {
    name: 'balance',
    hits: off.length,
    samples: off.map((step) =>
      step.withoutMessage > 0
        ? `step ${step.step}: ${step.withoutMessage} contacted users without a message`
        : `step ${step.step}: audience ${step.audience}, accounted for ${step.sum}`,
    ),
  };
}

function toCheck(hits: CheckHits): ProofCheck {
  const ok = hits.hits === 0;
  return { ...hits, ok, sentence: CHECKS[hits.name] ?? hits.name, fix: ok ? null : (CHECK_FIXES[hits.name] ?? null) };
}
