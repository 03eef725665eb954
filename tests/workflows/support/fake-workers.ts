import { fileURLToPath } from 'node:url';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import {
  bundleWorkflowCode,
  DefaultLogger,
  Runtime,
  Worker,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import { CHANNELS } from '../../../src/domain/words.ts';
import { taskQueues } from '../../../src/workflows/contract.ts';
import { fakeActivities, type FakeHouse } from './fake-house.ts';

const logger = new DefaultLogger('ERROR');
Runtime.install({ logger, telemetryOptions: { logging: { filter: 'OFF', forward: {} } } });

/** The real workflows, bundled once per test file. */
export function bundleWorkflows(module = '../../../src/workflows/index.ts'): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({ workflowsPath: fileURLToPath(new URL(module, import.meta.url)), logger });
}

export interface FakeWorkers {
  /** Ends the workers in order. */
  stop(): Promise<void>;
}

/** Workers for all queues of `prefix`: the real workflows over the fake house. */
export async function startFakeWorkers(input: {
  environment: TestWorkflowEnvironment;
  bundle: WorkflowBundleWithSourceMap;
  house: FakeHouse;
  prefix: string;
}): Promise<FakeWorkers> {
  const queues = taskQueues(input.prefix);
  const connection = input.environment.nativeConnection;
  const activities = fakeActivities(input.house);
  const workers = await Promise.all([
    Worker.create({ connection, taskQueue: queues.workflows, workflowBundle: input.bundle }),
    ...[queues.planning, ...CHANNELS.map(queues.channel)].map((taskQueue) =>
      Worker.create({ connection, taskQueue, activities, maxConcurrentActivityTaskExecutions: 6 }),
    ),
  ]);
  const runs = workers.map((worker) => worker.run());
  return {
    stop: async () => {
      for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await Promise.all(runs);
    },
  };
}
