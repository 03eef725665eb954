/**
 * Records the histories that tests/replay replays: `npx tsx tests/replay/record.ts [waves] [learning]`. Run it only for workflows
 * that are new, or whose change is meant to break with what runs (and say so in the commit); otherwise the old histories are the
 * test. What isn't named keeps its histories.
 */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { findTemporalBinary } from '../../src/worker/stack/temporal-binary.ts';
import { startTemporalServer } from '../../src/worker/stack/temporal-server.ts';
import { taskQueues, WORKFLOWS, workflowIds } from '../../src/workflows/contract.ts';
import type { learnThresholds } from '../../src/workflows/learn-workflow.ts';
import { freePort } from '../support/ports.ts';
import { startCampaign, until } from '../workflows/support/campaigns.ts';
import { FakeHouse } from '../workflows/support/fake-house.ts';
import { bundleWorkflows, startFakeWorkers } from '../workflows/support/fake-workers.ts';

const SECONDS_IN_DAYS = 1 / 86_400;
const histories = new URL('histories/', import.meta.url);

type Part = (client: Client, house: FakeHouse) => Promise<void>;

async function runWaves(client: Client, house: FakeHouse): Promise<void> {
  house.add('two-steps', {
    users: 300,
    usersPerShard: 100,
    channels: ['email', 'sms'],
    followUpDays: [3 * SECONDS_IN_DAYS],
  });
  await (await startCampaign(client, 'two-steps', { searchAttributes: true })).result();
  await (await startCampaign(client, 'two-steps', { again: 'second' })).result();

  house.add('paused', { users: 60, msPerMessage: 30, unknown: { every: 20, settledAfter: 1 } });
  const paused = await startCampaign(client, 'paused');
  await until(() => house.callsOf('paused', 'deliverRange').length > 0);
  await paused.executeUpdate('pause', { args: [{ actor: 'cli:recorder', reason: 'recording' }] });
  await paused.executeUpdate('resume', { args: [{ actor: 'cli:recorder', reason: 'recording' }] });
  await paused.result();

  house.add('aborted', { users: 60, msPerMessage: 30, dueAfterMs: (no) => (no % 2) * 2_000 });
  const aborted = await startCampaign(client, 'aborted');
  await until(() => house.callsOf('aborted', 'deliverRange').length > 0);
  await aborted.executeUpdate('abort', { args: [{ actor: 'cli:recorder', reason: 'recording' }] });
  await aborted.result();

  house.add('long', { users: 100, usersPerShard: 10, dueAfterMs: (no) => (no % 4) * 1_100 });
  await (await startCampaign(client, 'long')).result();
}

async function runLearning(client: Client, house: FakeHouse): Promise<void> {
  house.add('learning');
  await client.workflow.execute<typeof learnThresholds>(WORKFLOWS.learn, {
    taskQueue: taskQueues('test').workflows,
    workflowId: workflowIds.learn('learning'),
    args: [{ campaignId: 'learning', queuePrefix: 'test', actor: 'cli:recorder' }],
  });
}

/** With the beginnings of the files that hold its workflows. */
const PARTS: Record<string, { run: Part; files: RegExp }> = {
  waves: { run: runWaves, files: /^(campaign|wave|delivery)_/ },
  learning: { run: runLearning, files: /^learn_/ },
};

async function save(client: Client): Promise<void> {
  for await (const { workflowId, runId, type } of client.workflow.list()) {
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    const text = JSON.stringify(history);
    const name = `${workflowId.replaceAll('/', '_')}.${runId.slice(-6)}.json`;
    await writeFile(new URL(name, histories), `${text}\n`);
    process.stderr.write(`${type} ${workflowId}: ${text.length} bytes\n`);
  }
}

const folder = await mkdtemp(join(tmpdir(), 'recallwave-record-'));
const server = await startTemporalServer({
  binary: await findTemporalBinary((line) => process.stderr.write(`${line}\n`)),
  port: await freePort(),
  namespace: 'default',
  logFile: join(folder, 'server.log'),
  dynamicConfig: { 'limit.historyCount.suggestContinueAsNew': '40' },
});
const environment = await TestWorkflowEnvironment.createFromExistingServer({ address: server.address });
const house = new FakeHouse();
const workers = await startFakeWorkers({ environment, bundle: await bundleWorkflows(), house, prefix: 'test' });
try {
  await recordAll();
} finally {
  await workers.stop();
  await environment.teardown();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

async function recordAll(): Promise<void> {
  const named = process.argv.slice(2);
  const parts = named.length === 0 ? Object.values(PARTS) : named.flatMap((name) => PARTS[name] ?? []);
  for (const part of parts) await part.run(environment.client, house);
  await until(async () => (await environment.client.workflow.count(`ExecutionStatus = 'Running'`)).count === 0);
  for (const file of await readdir(histories)) {
    if (parts.some((part) => part.files.test(file))) await rm(new URL(file, histories));
  }
  await save(environment.client);
}
