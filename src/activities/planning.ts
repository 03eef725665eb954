import { ApplicationFailure } from '@temporalio/activity';
import type { Knex } from 'knex';
import type { PlanContext } from '../db/planning/context.ts';
import { loadPlanContext } from '../db/planning/load-context.ts';
import { planShard } from '../db/planning/plan-shard.ts';
import { cutShards, countShards, storeShards, unplannedShards } from '../db/planning/shards.ts';
import { wayTotals } from './planning/way-totals.ts';
import { createZoneTable } from '../db/planning/zones.ts';
import { endStep, raiseAlarm, startSending, wavePlanKey } from '../db/queries/open-wave.ts';
import { freshenStatistics } from '../db/queries/statistics.ts';
import { runStateOf, setWaveRunState } from '../db/queries/waves.ts';
import { RecallwaveError } from '../domain/failures.ts';
import type { ChannelName, WaveState } from '../domain/words.ts';
import type { PlanningActivities } from './contract.ts';
import { openWave } from './planning/open-wave.ts';
import { startPulse } from './pulse.ts';

export interface PlanningDeps {
  db: Knex;
  /** Tells operators of new alarms (rule 17); absent in tests that have none. Never throws. */
  tellOperators?: () => Promise<void>;
}

async function contextOf(db: Knex, input: { waveNo: number; step: number; decisionAt: string }): Promise<PlanContext> {
  const wave = await wavePlanKey(db, input.waveNo);
  if (!wave) throw new RecallwaveError('NotFound', `there is no wave ${input.waveNo}`);
  const { campaignId, localDate, version, snapshotAt } = wave;
  const { waveNo, step } = input;
  return loadPlanContext(db, {
    campaignId,
    version,
    waveNo,
    localDate,
    step,
    snapshotAt,
    decisionAt: new Date(input.decisionAt),
  });
}

async function openStep(
  db: Knex,
  input: Parameters<PlanningActivities['openStep']>[0],
): Promise<{ shards: number; channels: ChannelName[] }> {
  const context = await contextOf(db, input);
  const channels = [...new Set(context.offers.map((offer) => offer.channel))];
  const present = await countShards(db, input);
  if (present > 0 || input.step === 1) return { shards: present, channels };
  return { shards: await storeShards(db, context, await cutShards(db, context)), channels };
}

async function planShards(
  db: Knex,
  input: Parameters<PlanningActivities['planShards']>[0],
): Promise<ReturnType<typeof wayTotals>> {
  const context = await contextOf(db, input);
  const zoneTable = createZoneTable(context);
  const counts = [];
  const pulse = startPulse();
  try {
    for (const shardNo of await unplannedShards(db, input)) {
      pulse.signal.throwIfAborted();
      pulse.at(shardNo);
      counts.push(...(await planShard(db, context, { shardNo, zoneTable })));
    }
  } finally {
    pulse.stop();
  }
  if (input.step === 1) await startSending(db, input.waveNo);
  await freshenStatistics(db);
  return wayTotals(counts);
}

/** Expected failures keep their type in Temporal, so that workflows don't retry what a retry can't mend. */
async function typed<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof RecallwaveError) throw ApplicationFailure.nonRetryable(error.message, error.type);
    throw error;
  }
}

/** The planning activities over a database; see PlanningActivities for what each does. */
export function createPlanningActivities({ db, tellOperators }: PlanningDeps): PlanningActivities {
  return {
    async openWave(input) {
      const opened = await typed(openWave(db, input));
      if (opened.disposition === 'waiting_approval') await tellOperators?.();
      return opened;
    },
    openStep: (input) => typed(openStep(db, input)),
    planShards: (input) => typed(planShards(db, input)),
    async finishStep({ failed, ...step }) {
      if (failed === undefined) return { state: await endStep(db, step) };
      const message = `delivery of step ${step.step} by ${failed.join(', ')} failed; once the cause is mended, go on with: recallwave wave run`;
      await raiseAlarm(db, { waveNo: step.waveNo, kind: 'wave_failed', message });
      await tellOperators?.();
      return { state: (await wavePlanKey(db, step.waveNo))?.state ?? 'failed' };
    },
    setRunState: (input) => typed(setWaveRunState(db, input)),
    readRunState: async ({ waveNo }) => {
      const waveState = ((await wavePlanKey(db, waveNo))?.state ?? 'failed') as WaveState;
      return { state: runStateOf(waveState), waveState };
    },
  };
}
