import type { Client } from '@temporalio/client';
import { wakeSignal, WORKFLOWS } from '../workflows/contract.ts';

/**
 * Makes the deliveries that wait look again, of one campaign or of all: after a kill switch was released, a provider's stop
 * was lifted or a campaign resumed. Returns how many were woken. Without it they look within the hour.
 */
export async function wakeDeliveries(client: Client, campaignId?: string): Promise<number> {
  const of = campaignId === undefined ? '' : ` AND WorkflowId STARTS_WITH 'delivery/${campaignId}/'`;
  const query = `WorkflowType = '${WORKFLOWS.delivery}' AND ExecutionStatus = 'Running'${of}`;
  let woken = 0;
  for await (const { workflowId } of client.workflow.list({ query })) {
    const handle = client.workflow.getHandle(workflowId);
    const reached = await handle.signal(wakeSignal, 'running').then(
      () => true,
      () => false,
    );
    if (reached) woken += 1;
  }
  return woken;
}
