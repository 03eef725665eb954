import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { RecallwaveError } from '../../domain/failures.ts';
import { workflowIds } from '../../workflows/contract.ts';
import { deleteSchedule } from '../schedules.ts';

/** A demo on somebody's own Temporal must not touch campaigns that run there. Throws BadInput when there are any. */
export async function refuseUsedNamespace(client: Client): Promise<void> {
  const ours = workflowIds.schedule('');
  for await (const { scheduleId } of client.schedule.list()) {
    if (!scheduleId.startsWith(ours)) continue;
    throw new RecallwaveError(
      'BadInput',
      `the namespace ${client.options.namespace} already runs campaigns (${scheduleId})`,
      'unset TEMPORAL_ADDRESS for the demo, or set TEMPORAL_NAMESPACE to an empty one',
    );
  }
}

/** Takes the demo's Schedules and whatever still waits off that server again. */
export async function leaveNoTrace(
  client: Client,
  started: readonly { campaignId: string; workflowId: string }[],
): Promise<void> {
  for (const { campaignId, workflowId } of started) {
    await deleteSchedule(client, campaignId);
    try {
      await client.workflow.getHandle(workflowId).terminate('the demo has ended');
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error; // it has ended by itself
    }
  }
}
