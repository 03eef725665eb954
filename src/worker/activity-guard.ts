import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import { RecallwaveError } from '../domain/failures.ts';
import type { Logger } from './logger.ts';
import type { WorkerMetrics } from './metrics.ts';

/** Asked again and again while a wave runs: in the log only for those who look for it. */
const FREQUENT = ['findDueRanges', 'readRunState'];

/**
 * Stands around every activity: measures it, logs what it came to (ids and counts, as Temporal has them), and lets only sentences of our own reach Temporal, where
 * failure messages stay in plain text: a driver's message may quote a row.
 */
export function activityGuard(logger: Logger, metrics: WorkerMetrics): ActivityInterceptorsFactory {
  return ({ info }) => ({
    inbound: {
      async execute(input, next) {
        const started = performance.now();
        const activity = info.activityType;
        const workflowId = info.workflowExecution?.workflowId;
        const observe = (result: 'ok' | 'error'): number => {
          const seconds = (performance.now() - started) / 1000;
          metrics.observeActivity({ activity, result }, seconds);
          return seconds;
        };
        try {
          const result = await next(input);
          const seconds = observe('ok');
          const level = FREQUENT.includes(activity) ? 'debug' : 'info';
          logger[level]({ activity, workflowId, seconds, result }, 'activity done');
          return result;
        } catch (error) {
          observe('error');
          if (!(error instanceof CancelledFailure)) {
            logger.warn({ activity, attempt: info.attempt, workflowId, err: error }, 'activity failed');
          }
          throw presentable(error);
        }
      },
    },
  });
}

/** The failure as Temporal may keep it. */
export function presentable(error: unknown): unknown {
  if (error instanceof ApplicationFailure || error instanceof CancelledFailure) return error;
  if (error instanceof RecallwaveError) return ApplicationFailure.nonRetryable(error.message, error.type);
  if (error instanceof Error && error.name === 'AbortError') return error;
  const { code, severity } = error as { code?: unknown; severity?: unknown };
  const shown = typeof code === 'string' ? ` (${code})` : '';
  const message = severity === undefined ? `the activity failed${shown}` : `the database refused a statement${shown}`;
  return ApplicationFailure.retryable(message, error instanceof Error ? error.name : 'Unexpected');
}
