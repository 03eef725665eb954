import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';

// tsc never sees an import that the workflow sandbox forbids: bundling does, and throws.
const { code } = await bundleWorkflowCode({
  workflowsPath: fileURLToPath(new URL('../../src/workflows/index.ts', import.meta.url)),
});
process.stdout.write(`workflow bundle: ${Math.round(code.length / 1024)} KiB\n`);
