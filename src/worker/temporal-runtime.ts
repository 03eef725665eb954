import { DefaultLogger, makeTelemetryFilterString, Runtime, type LogLevel } from '@temporalio/worker';
import type { Logger } from './logger.ts';

/** What the SDK says about a log line and may be kept: names and ids of ours. */
const KEPT = ['taskQueue', 'workflowId', 'workflowType', 'activityType', 'attempt'];

const LEVELS: Record<LogLevel, 'debug' | 'info' | 'warn' | 'error'> = {
  TRACE: 'debug',
  DEBUG: 'debug',
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
};

/** Queues are for workflows or for activities here, which is what this warns of. */
const QUIET = /^No (activities|workflows) registered/;

let installed = false;

/** The SDK logs through `logger` and leaves signals to us; once per process, since the runtime is one. */
export function installTemporalRuntime(logger: Logger): void {
  if (installed) return;
  installed = true;
  Runtime.install({
    logger: new DefaultLogger('WARN', ({ level, message, meta }) => {
      if (QUIET.test(message)) return;
      const kept = Object.fromEntries(Object.entries(meta ?? {}).filter(([name]) => KEPT.includes(name)));
      logger[LEVELS[level]]({ ...kept, component: 'temporal' }, message);
    }),
    shutdownSignals: [],
    telemetryOptions: {
      logging: { forward: {}, filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) },
    },
  });
}
