import type { ActivityOptions, RetryPolicy } from '@temporalio/workflow';
import { FAILURES } from '../domain/failures.ts';

// Infrastructure comes back: a database or a provider that is away is waited for, however long it takes.
const untilItWorks: RetryPolicy = {
  initialInterval: '500ms',
  backoffCoefficient: 2,
  maximumInterval: '30s',
  nonRetryableErrorTypes: [...FAILURES],
};

/**
 * One short statement or a few. 45 s, so that the call of a worker that was killed is made again within the 70 s in which a
 * wave has to go on by itself; nothing in this profile should take a tenth of it.
 */
export const quickRead = {
  startToCloseTimeout: '45s',
  retry: untilItWorks,
} as const satisfies ActivityOptions;

/**
 * Talks to a provider as fast as it allows: a range of a throttled SMS sender lasts for hours, so the limit is a day and the
 * heartbeat (10 s) tells a slow provider from a dead worker. On cancellation it waits for the activity's end, so that nobody
 * sends for a workflow that is closed.
 */
export const vendorSend = {
  startToCloseTimeout: '24h',
  heartbeatTimeout: '10s',
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  retry: untilItWorks,
} as const satisfies ActivityOptions;

/** Set-based statements over thousands of users, one transaction per shard; the heartbeat (10 s) finds a killed worker. */
export const longScan = {
  startToCloseTimeout: '2h',
  heartbeatTimeout: '10s',
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
  retry: untilItWorks,
} as const satisfies ActivityOptions;
