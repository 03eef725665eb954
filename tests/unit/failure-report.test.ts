import { ServiceError } from '@temporalio/client';
import { expect, test } from 'vitest';
import { describeFailure } from '../../src/cli/failure-report.ts';

test('a Temporal server that goes away in the middle is unreachable, not a fault of ours', () => {
  const gone = new ServiceError('Failed to describe workflow', { cause: Object.assign(new Error('14'), { code: 14 }) });
  expect(describeFailure(gone)).toMatchObject({ type: 'Unreachable', fix: expect.stringContaining('running') });
  const refused = new ServiceError('Failed to start', { cause: Object.assign(new Error('3'), { code: 3 }) });
  expect(describeFailure(refused)).toMatchObject({ type: 'Unexpected' });
});
