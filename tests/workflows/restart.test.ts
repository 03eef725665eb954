import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { findTemporalBinary } from '../../src/worker/stack/temporal-binary.ts';
import { startTemporalServer, type TemporalServer } from '../../src/worker/stack/temporal-server.ts';
import { freePort } from '../support/ports.ts';
import { startCampaign, until } from './support/campaigns.ts';
import { FakeHouse } from './support/fake-house.ts';
import { bundleWorkflows, startFakeWorkers, type FakeWorkers } from './support/fake-workers.ts';

const folder = await mkdtemp(join(tmpdir(), 'recallwave-restart-'));
const binary = await findTemporalBinary(() => {});
const port = await freePort();
const startServer = (): Promise<TemporalServer> =>
  startTemporalServer({
    binary,
    port,
    namespace: 'default',
    logFile: join(folder, 'server.log'),
    databaseFile: join(folder, 'temporal.db'),
  });
let server = await startServer();
const environment = await TestWorkflowEnvironment.createFromExistingServer({ address: server.address });
const { client } = environment;
const bundle = await bundleWorkflows();
const house = new FakeHouse();

async function startWorkers(): Promise<FakeWorkers> {
  const workers = await startFakeWorkers({ environment, bundle, house, prefix: 'test' });
  onTestFinished(() => workers.stop());
  return workers;
}

afterAll(async () => {
  await environment.teardown();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const accepted = (campaignId: string): number[] => house.waveOf(campaignId).messages.map((message) => message.accepted);

describe('going on', () => {
  it('after a worker was shut down in the middle and another one came', async () => {
    const first = await startWorkers();
    house.add('shift', { users: 200, channels: ['email', 'sms'], msPerMessage: 20 });
    const handle = await startCampaign(client, 'shift');
    await until(() => house.waves.length > 0 && accepted('shift').filter((times) => times > 0).length > 20);
    await first.stop();
    const before = accepted('shift').filter((times) => times > 0).length;
    expect(before).toBeLessThan(200);
    await startWorkers();
    await handle.result();
    expect(accepted('shift')).toEqual(Array(200).fill(1));
  });

  it('within seconds after a worker fell silent: its heartbeat is missed', async () => {
    await startWorkers();
    let wakeUp = (): void => {};
    const silence = new Promise<void>((resolve) => {
      wakeUp = resolve;
    });
    const campaign = house.add('silent', { users: 10 });
    campaign.onCall = async (activity) => {
      if (activity !== 'deliverRange' || house.callsOf('silent', activity).length > 1) return;
      await silence;
      throw new Error('back from the dead');
    };
    const started = Date.now();
    const handle = await startCampaign(client, 'silent');
    await handle.result();
    wakeUp();
    expect(Date.now() - started).toBeLessThan(30_000);
    expect(accepted('silent')).toEqual(Array(10).fill(1));
  });

  it('after the Temporal server was killed and started again on its database', async () => {
    await startWorkers();
    house.add('outage', { users: 300, channels: ['email', 'sms'], msPerMessage: 20 });
    const handle = await startCampaign(client, 'outage');
    await until(() => house.callsOf('outage', 'deliverRange').length === 2);
    process.kill(server.pid, 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    server = await startServer();
    await until(async () => (await handle.describe().catch(() => undefined))?.status.name === 'COMPLETED', 40_000);
    expect(accepted('outage')).toEqual(Array(300).fill(1));
    expect(house.waveOf('outage').waveState).toBe('done');
  });
});
