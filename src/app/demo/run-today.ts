import type { Client } from '@temporalio/client';
import type { Knex } from 'knex';
import type { Actor } from '../../domain/actor.ts';
import { triggerSchedule } from '../schedules.ts';
import { waitForWave, type WaveRun } from '../wait-for-wave.ts';

export interface TodaysRun {
  campaignId: string;
  workflowId: string;
  run: WaveRun;
}

/** Triggers the Schedule of each campaign and follows the waves until nothing is due now; they run at once. */
export async function runToday(input: {
  client: Client;
  db: Knex;
  campaignIds: readonly string[];
  actor: Actor;
  /** Messages accepted so far and planned, over all waves. */
  onProgress: (accepted: number, planned: number) => void;
}): Promise<TodaysRun[]> {
  const { client, db, campaignIds, actor, onProgress } = input;
  // The highest seen: a delivery that has ended no longer answers.
  const accepted = new Map<string, number>();
  const planned = new Map<string, number>();
  const started: { campaignId: string; workflowId: string }[] = [];
  for (const campaignId of campaignIds) {
    started.push({ campaignId, ...(await triggerSchedule({ client, db, campaignId, actor })) });
  }
  return Promise.all(
    started.map(async ({ campaignId, workflowId }) => {
      const follow = (run: WaveRun): void => {
        accepted.set(campaignId, Math.max(accepted.get(campaignId) ?? 0, acceptedOf(run)));
        planned.set(campaignId, Math.max(planned.get(campaignId) ?? 0, run.wave?.planned.contacted ?? 0));
        onProgress(sum(accepted), sum(planned));
      };
      return { campaignId, workflowId, run: await waitForWave({ client, campaignId, workflowId, onProgress: follow }) };
    }),
  );
}

function acceptedOf(run: WaveRun): number {
  return Object.values(run.deliveries).reduce((total, delivery) => total + delivery.totals.accepted, 0);
}

function sum(counts: Map<string, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}
