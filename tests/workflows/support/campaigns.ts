import type { Client, WorkflowHandle } from '@temporalio/client';
import { WORKFLOWS, taskQueues, workflowIds } from '../../../src/workflows/contract.ts';
import type { CampaignWorkflowInput } from '../../../src/workflows/contract.ts';
import type { campaignWorkflow } from '../../../src/workflows/campaign-workflow.ts';

/** Starts a campaign's run on the queues `test-…`, under an id of its own when `again` names one. */
export function startCampaign(
  client: Client,
  campaignId: string,
  over: Partial<CampaignWorkflowInput> & { again?: string } = {},
): Promise<WorkflowHandle<typeof campaignWorkflow>> {
  const { again, ...input } = over;
  return client.workflow.start<typeof campaignWorkflow>(WORKFLOWS.campaign, {
    taskQueue: taskQueues('test').workflows,
    workflowId: workflowIds.campaign(campaignId) + (again === undefined ? '' : `/${again}`),
    args: [{ campaignId, queuePrefix: 'test', actor: 'cli:test', ...input }],
  });
}

/** Polls until `check` returns something; fails after `withinMs`. */
export async function until<T>(
  check: () => T | undefined | false | Promise<T | undefined | false>,
  withinMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await check();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`not within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Everything that Temporal keeps of these workflows, as text. */
export async function historiesAsText(client: Client, query = ''): Promise<string> {
  const texts: string[] = [];
  for await (const { workflowId, runId } of client.workflow.list({ query })) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    texts.push(JSON.stringify(history, plain));
  }
  return texts.join('\n');
}

/** Payloads are base64 in a history's JSON: they are shown as the text they hold. */
function plain(key: string, value: unknown): unknown {
  return key === 'data' && typeof value === 'string' ? Buffer.from(value, 'base64').toString('utf8') : value;
}
