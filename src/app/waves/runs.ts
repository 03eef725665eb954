import type { Client } from '@temporalio/client';
import type { Knex } from 'knex';
import { recordAudit } from '../../db/queries/audit.ts';
import { findWave, type WaveRow } from '../../db/queries/waves.ts';
import type { Actor } from '../../domain/actor.ts';
import { RecallwaveError, UnreachableError } from '../../domain/failures.ts';
import { workflowIds } from '../../workflows/contract.ts';
import { namedCampaign } from '../named.ts';
import { startWave } from '../run-wave.ts';
import { withTemporal } from '../temporal-call.ts';
import { readWaveRun, type WaveRun } from '../wait-for-wave.ts';
import { mustFindWave } from './wave-view.ts';

interface RunOrder {
  db: Knex;
  temporal: () => Promise<Client>;
  queuePrefix: string;
  actor: Actor;
}

/** A run that was started; `runId` names it within its campaign. */
export interface StartedRun {
  campaignId: string;
  workflowId: string;
  runId: string;
}

const prefixOf = (campaignId: string): string => `${workflowIds.campaign(campaignId)}/run-`;

/** Starts a campaign's wave by hand and doesn't wait. Throws NotFound and UnreachableError. */
export async function startRun(
  order: RunOrder & { campaignId: string; localDate?: string | undefined; approve: boolean },
): Promise<StartedRun> {
  const { db, temporal, queuePrefix, actor, localDate, approve } = order;
  const campaignId = await namedCampaign(db, order.campaignId);
  const { workflowId } = await withTemporal(temporal, (client) =>
    startWave({ client, campaignId, localDate, actor, queuePrefix, approve }),
  );
  return { campaignId, workflowId, runId: workflowId.slice(prefixOf(campaignId).length) };
}

/** Lets a wave go that waits for a person (rule 8). Throws NotFound, UnreachableError, and WaveRefused where it doesn't wait. */
export async function approveWave(order: RunOrder & { waveNo: number; reason: string }): Promise<StartedRun> {
  const wave = await mustFindWave(order.db, order.waveNo);
  if (wave.state !== 'waiting_approval') {
    throw new RecallwaveError(
      'WaveRefused',
      `wave ${wave.waveNo} does not wait for approval: it is ${wave.state}`,
      'nothing is to be approved; look at the wave',
    );
  }
  const { campaignId, localDate } = wave;
  const started = await startRun({ ...order, campaignId, localDate, approve: true });
  const { actor, reason } = order;
  await recordAudit(order.db, { actor, action: 'wave.approve', subject: `wave/${wave.waveNo}`, details: { reason } });
  return started;
}

/** How a run that was started by hand stands, with its wave once there is one. Throws NotFound and UnreachableError. */
export async function runStatus(input: {
  db: Knex;
  temporal: () => Promise<Client>;
  campaignId: string;
  runId: string;
}): Promise<{ run: WaveRun; wave: WaveRow | null }> {
  const { db, temporal, runId } = input;
  const campaignId = await namedCampaign(db, input.campaignId);
  const run = await withTemporal(temporal, async (client) => {
    const workflowId = `${prefixOf(campaignId)}${runId}`;
    await mustBeStarted(client, { workflowId, runId });
    return readWaveRun({ client, campaignId, workflowId });
  });
  if (run === undefined) {
    throw new UnreachableError(
      'no worker answers; the wave is started and goes on once one runs',
      'start one: npm start',
    );
  }
  const { waveNo } = run.campaign;
  return { run, wave: waveNo === null ? null : ((await findWave(db, { waveNo })) ?? null) };
}

async function mustBeStarted(client: Client, of: { workflowId: string; runId: string }): Promise<void> {
  try {
    await client.workflow.getHandle(of.workflowId).describe();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'WorkflowNotFoundError') throw error;
    throw new RecallwaveError(
      'NotFound',
      `there is no run ${of.runId}`,
      'runs are named by the answer that started them',
    );
  }
}
