import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config/read-config.ts';
import { RecallwaveError } from '../../src/domain/failures.ts';
import { activityGuard, presentable } from '../../src/worker/activity-guard.ts';
import { createLogger } from '../../src/worker/logger.ts';
import type { WorkerMetrics } from '../../src/worker/metrics.ts';

const CANARY = 'canary@example.com';

/** What PostgreSQL's driver throws: the row stands in message and detail. */
function uniqueViolation(): Error {
  const text = `Key (email)=(${CANARY}) already exists.`;
  return Object.assign(new Error(text), { code: '23505', severity: 'ERROR', detail: text, constraint: 'users_email' });
}

test('logs neither personal fields nor what an error message quotes', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'recallwave-log-')), 'log');
  const logger = createLogger(readConfig({}), file);
  logger.warn({ user_no: 7, email: CANARY, user: { phone: CANARY }, err: uniqueViolation() }, 'refused');
  const line = readFileSync(file, 'utf8');
  expect(line).not.toContain(CANARY);
  expect(JSON.parse(line)).toMatchObject({ user_no: 7, err: { errorCode: '23505', constraint: 'users_email' } });
});

test('a healthy wave leaves its steps in the log, with ids and counts', async () => {
  const lines = await logOf('planShards', { audience: 3, contacted: 2 });
  expect(lines).toMatchObject([
    { activity: 'planShards', workflowId: 'wave/spring', result: { audience: 3, contacted: 2 }, msg: 'activity done' },
  ]);
  expect(await logOf('findDueRanges', { ranges: [] })).toEqual([]);
});

/** The lines that an activity with this result leaves at the usual level. */
async function logOf(activityType: string, result: unknown): Promise<unknown[]> {
  const file = join(mkdtempSync(join(tmpdir(), 'recallwave-log-')), 'log');
  const metrics = { observeActivity: () => {} } as unknown as WorkerMetrics;
  const info = { activityType, attempt: 1, workflowExecution: { workflowId: 'wave/spring' } };
  const guard = activityGuard(createLogger(readConfig({}), file), metrics)({ info } as never);
  await guard.inbound?.execute?.({ args: [], headers: {} }, () => Promise.resolve(result));
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown);
}

test('only sentences of our own reach Temporal', () => {
  const shown = presentable(uniqueViolation()) as ApplicationFailure;
  expect(JSON.stringify([shown.message, shown.stack, shown.details, shown.cause])).not.toContain(CANARY);
  expect(shown).toMatchObject({ message: 'the database refused a statement (23505)', nonRetryable: false });
});

test('a failure that a retry cannot mend keeps its type; failures made for Temporal pass', () => {
  expect(presentable(new RecallwaveError('WaveRefused', 'too many'))).toMatchObject({
    type: 'WaveRefused',
    nonRetryable: true,
  });
  for (const failure of [ApplicationFailure.nonRetryable('x'), new CancelledFailure('x')]) {
    expect(presentable(failure)).toBe(failure);
  }
});
