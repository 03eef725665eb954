import type { Client } from '@temporalio/client';

/**
 * True when the server knows the attributes that make waves searchable (RecallCampaign, RecallDate, RecallState). Setting an
 * unknown one would fail a workflow; asking for a count works everywhere, Temporal Cloud included.
 */
export async function knowsSearchAttributes(client: Client): Promise<boolean> {
  try {
    await client.workflow.count(`RecallCampaign = 'x' AND RecallDate = 'x' AND RecallState = 'x'`);
    return true;
  } catch {
    return false;
  }
}
