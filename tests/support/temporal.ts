import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll } from 'vitest';
import { cacheFolder, findTemporalBinary } from '../../src/worker/stack/temporal-binary.ts';
import { startTemporalServer } from '../../src/worker/stack/temporal-server.ts';
import { freePort } from './ports.ts';

/** Version of the Java time-skipping server; `.ci/run` puts its jars into the cache. */
const TEST_SERVER_VERSION = '1.32.0';

/**
 * A real dev server in memory for one test file, stopped afterwards. Await at the top of the file. `dynamicConfig`: JSON
 * values by key, such as `{ 'limit.blobSize.error': '65536' }`.
 */
export async function devServer(
  options: { dynamicConfig?: Record<string, string> } = {},
): Promise<TestWorkflowEnvironment> {
  const binary = await findTemporalBinary((text) => process.stderr.write(`${text}\n`));
  const folder = await mkdtemp(join(tmpdir(), 'recallwave-temporal-'));
  const server = await startTemporalServer({
    binary,
    port: await freePort(),
    namespace: 'default',
    logFile: join(folder, 'server.log'),
    ...options,
  });
  const environment = await TestWorkflowEnvironment.createFromExistingServer({ address: server.address });
  afterAll(async () => {
    await environment.teardown();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });
  return environment;
}

/**
 * The Java test server, which skips over timers, for one test file; undefined where it isn't installed: a line then says
 * what to install, and the file's tests use `describe.skipIf(environment === undefined)`.
 */
export async function timeSkippingEnvironment(): Promise<TestWorkflowEnvironment | undefined> {
  const jars = join(cacheFolder(), 'temporal-test-server', TEST_SERVER_VERSION);
  if (!existsSync(jars)) {
    process.stderr.write(
      `skipped: no time-skipping server in ${jars}; install Java and Maven and run .ci/test-server\n`,
    );
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), 'recallwave-time-skipping-'));
  const script = join(folder, 'test-server');
  await writeFile(
    script,
    `#!/bin/sh\nexec java -Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '${jars}/*' io.temporal.testserver.TestServer "$@"\n`,
    {
      mode: 0o755,
    },
  );
  const server = { executable: { type: 'existing-path', path: script } } as const;
  // The SDK gives the server 5 s to answer, which a busy machine may need for the first start of Java.
  const environment = await TestWorkflowEnvironment.createTimeSkipping({ server }).catch(() =>
    TestWorkflowEnvironment.createTimeSkipping({ server }),
  );
  afterAll(async () => {
    await environment.teardown();
    await rm(folder, { recursive: true, force: true });
  });
  return environment;
}
