import { sleep } from '@temporalio/workflow';
import * as real from '../../src/workflows/index.ts';

/** The real workflows with a timer before their first step that no history knows: replaying any of them must fail. */
export async function campaignWorkflow(input: Parameters<typeof real.campaignWorkflow>[0]): Promise<unknown> {
  await sleep(1);
  return real.campaignWorkflow(input);
}

/** As above. */
export async function waveWorkflow(input: Parameters<typeof real.waveWorkflow>[0]): Promise<unknown> {
  await sleep(1);
  return real.waveWorkflow(input);
}

/** As above. */
export async function deliveryWorkflow(input: Parameters<typeof real.deliveryWorkflow>[0]): Promise<unknown> {
  await sleep(1);
  return real.deliveryWorkflow(input);
}

/** As above. */
export async function learnThresholds(input: Parameters<typeof real.learnThresholds>[0]): Promise<unknown> {
  await sleep(1);
  return real.learnThresholds(input);
}
