import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../../src/config/read-config.ts';
import { findTemporalBinary } from '../../../src/worker/stack/temporal-binary.ts';
import { startTemporalServer, type TemporalServer } from '../../../src/worker/stack/temporal-server.ts';
import { openTemporal } from '../../../src/worker/temporal-client.ts';
import { workflowIds } from '../../../src/workflows/contract.ts';
import { startConsole, type RunningConsole } from '../../support/console/open-console.ts';
import { freshDatabase } from '../../support/database.ts';
import { freePort } from '../../support/ports.ts';
import { aCampaign } from '../../support/world.ts';

const { db } = await freshDatabase();
const folder = await mkdtemp(join(tmpdir(), 'recallwave-temporal-down-'));
const port = await freePort();
const config = readConfig({ RECALLWAVE_HOME: folder, TEMPORAL_ADDRESS: `127.0.0.1:${port}` });
let server: TemporalServer;
let temporal: Awaited<ReturnType<typeof openTemporal>>;
let running: RunningConsole;

async function startServer(): Promise<void> {
  server = await startTemporalServer({
    binary: await findTemporalBinary((text) => process.stderr.write(`${text}\n`)),
    port,
    namespace: 'default',
    logFile: join(folder, 'temporal.log'),
    databaseFile: join(folder, 'temporal.db'),
  });
}

beforeAll(async () => {
  await startServer();
  temporal = await openTemporal(config);
  await aCampaign(db);
  running = await startConsole(db, {
    config,
    temporal: () => Promise.resolve(temporal.client),
  });
}, 180_000);
afterAll(async () => {
  await running?.close();
  // Calls that met no server are tried again until their deadline, and a closed channel would throw at them.
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  await temporal?.close();
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
}, 30_000);

/** Waves that were started by hand, as Temporal knows them. */
async function startedByHand(): Promise<number> {
  const prefix = `${workflowIds.campaign('winback')}/run-`;
  let started = 0;
  for await (const { workflowId } of temporal.client.workflow.list()) if (workflowId.startsWith(prefix)) started += 1;
  return started;
}

async function runToday(page: Page): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: "Run today's wave" }).click();
}

test('without Temporal a wave is not started and the page says what to do; with it again it is started once', async () => {
  const { page, context } = await running.open('operator', { path: '/waves/rehearsal?campaign=winback' });
  await server.stop();
  await page.getByRole('button', { name: "Run today's wave" }).click();
  await runToday(page);
  const told = page.getByRole('dialog').getByRole('alert');
  await told.getByText('Temporal does not answer').waitFor();
  await told.getByText('check that it is running and try again').waitFor();
  await startServer();
  await runToday(page);
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await expect.poll(startedByHand, { timeout: 10_000 }).toBe(1);
  await context.close();
}, 90_000);
