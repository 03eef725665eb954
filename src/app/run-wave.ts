import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { Actor } from '../domain/actor.ts';
import { taskQueues, workflowIds, WORKFLOWS } from '../workflows/contract.ts';
import type { campaignWorkflow } from '../workflows/campaign-workflow.ts';
import { knowsSearchAttributes } from './search-attributes.ts';

export { waitForWave, type WaveRun } from './wait-for-wave.ts';

/**
 * Starts a campaign's wave of a local date (absent: today in its zone) beside its Schedule. Never two waves of a date: a second
 * run finds the first one's, or takes it on where its workflow was lost.
 */
export async function startWave(input: {
  client: Client;
  campaignId: string;
  localDate?: string | undefined;
  /** The business clock; absent: now. */
  decisionAt?: Date | undefined;
  actor: Actor;
  queuePrefix: string;
  /** Lets a wave go that waits for approval (rule 8). */
  approve?: boolean;
}): Promise<{ workflowId: string }> {
  const { client, campaignId, localDate, decisionAt, actor, queuePrefix, approve } = input;
  const workflowId = `${workflowIds.campaign(campaignId)}/run-${randomUUID()}`;
  await client.workflow.start<typeof campaignWorkflow>(WORKFLOWS.campaign, {
    workflowId,
    taskQueue: taskQueues(queuePrefix).workflows,
    staticSummary: `${campaignId}, started by hand`,
    args: [
      {
        campaignId,
        queuePrefix,
        actor,
        ...(localDate === undefined ? {} : { localDate }),
        ...(decisionAt === undefined ? {} : { decisionAt: decisionAt.toISOString() }),
        ...(approve === undefined ? {} : { approve }),
        searchAttributes: await knowsSearchAttributes(client),
      },
    ],
  });
  return { workflowId };
}
