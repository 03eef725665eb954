import { createRequire } from 'node:module';
import { readdir, readFile } from 'node:fs/promises';
import type { WorkflowHandle } from '@temporalio/client';
import { DeterminismViolationError } from '@temporalio/workflow';
import { Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { describe, expect, it } from 'vitest';
import { WORKFLOWS } from '../../src/workflows/contract.ts';
import { bundleWorkflows } from '../workflows/support/fake-workers.ts';

type History = Awaited<ReturnType<WorkflowHandle['fetchHistory']>>;

// The SDK's historyFromJSON fails where npm installed two versions of protobufjs; its own message type reads the same JSON.
const { temporal } = createRequire(import.meta.resolve('@temporalio/client'))('@temporalio/proto') as {
  temporal: { api: { history: { v1: { History: { fromObject(json: unknown): History } } } } };
};
const folder = new URL('histories/', import.meta.url);
const files = (await readdir(folder)).filter((file) => file.endsWith('.json'));
const histories = await Promise.all(
  files.map(async (file) => ({
    workflowId: file.replace(/\.\w+\.json$/, '').replaceAll('_', '/'),
    history: temporal.api.history.v1.History.fromObject(JSON.parse(await readFile(new URL(file, folder), 'utf8'))),
  })),
);

/** Which histories failed, with their errors. */
async function replay(workflowBundle: WorkflowBundleWithSourceMap): Promise<{ replayed: number; errors: unknown[] }> {
  const errors: unknown[] = [];
  let replayed = 0;
  for await (const { error } of Worker.runReplayHistories({ workflowBundle }, histories)) {
    replayed += 1;
    if (error !== undefined) errors.push(error);
  }
  return { replayed, errors };
}

describe('recorded histories', () => {
  it('cover each workflow, updates, signals and continue-as-new', () => {
    const text = JSON.stringify(histories);
    for (const type of Object.values(WORKFLOWS)) expect(text.includes(`"workflowType":{"name":"${type}"}`)).toBe(true);
    for (const event of ['UPDATE_ACCEPTED', 'SIGNALED', 'CONTINUED_AS_NEW', 'UPSERT_WORKFLOW_SEARCH_ATTRIBUTES']) {
      expect([event, text.includes(event)]).toEqual([event, true]);
    }
  });

  it('are replayed by the workflows of today', async () => {
    expect(await replay(await bundleWorkflows())).toEqual({ replayed: histories.length, errors: [] });
  });

  it('are refused, each one, by a twin that does something else first', async () => {
    const { errors } = await replay(await bundleWorkflows('../../replay/twin.ts'));
    expect(errors).toHaveLength(histories.length);
    expect(errors.every((error) => error instanceof DeterminismViolationError)).toBe(true);
  });
});
