import { TestWorkflowEnvironment } from '@temporalio/testing';

// A program of its own: the SDK's download cannot be cancelled, a process can (see temporal-binary.ts).
const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: temporal-download FOLDER');
const environment = await TestWorkflowEnvironment.createLocal({
  server: { executable: { type: 'cached-download', downloadDir: folder, ttl: '3650d' } },
});
await environment.teardown();
