import pino, { type Logger } from 'pino';
import type { Config } from '../config/config.ts';

export type { Logger };

/** Names under which personal data could slip in; whatever stands there is cut out, at two depths. */
const PERSONAL = [
  'user_id',
  'userId',
  'email',
  'phone',
  'address',
  'to',
  'name',
  'subject',
  'text',
  'html',
  'body',
  'title',
  'code',
  'endpoint',
  'p256dh',
  'auth',
  'token',
  'password',
  'authorization',
];

/**
 * Structured logs: JSON lines into `file`, else on stderr, readable there on a terminal. They carry user_no, message_no and
 * delivery_id, never who a person is.
 */
export function createLogger(config: Config, file?: string): Logger {
  const options: pino.LoggerOptions = {
    level: config.logLevel,
    base: { service: 'recallwave' },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: PERSONAL.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[cut]' },
    serializers: { err: errorWithoutValues },
  };
  if (file !== undefined) return pino(options, pino.destination({ dest: file, sync: true, mkdir: true }));
  if (!process.stderr.isTTY) return pino(options, pino.destination({ dest: 2, sync: true }));
  return pino({
    ...options,
    transport: { target: 'pino-pretty', options: { destination: 2, ignore: 'pid,hostname,service' } },
  });
}

/** Drivers put values into messages and details (`Key (email)=(…) already exists`): only what cannot hold one is kept. */
function errorWithoutValues(error: Error & { code?: string; type?: string; constraint?: string }): object {
  const { name, code, type, constraint } = error;
  const frames = error.stack?.split('\n') ?? [];
  const ours = frames.find((line) => line.includes('/src/') && !line.includes('node_modules'));
  return { class: name, errorCode: code, type, constraint, at: ours?.trim() };
}
