import type { FailureClass, SendResult } from '../channel.ts';
import { errorCode, isCertificateError, neverWritten } from '../net-errors.ts';
import type { Exchange } from './twilio-http.ts';

/** Twilio's codes that are final, in the product's words; any other 4xx is `other`. */
const CLASSES: Record<number, FailureClass> = {
  21610: 'opted_out',
  21211: 'bad_address',
  21214: 'bad_address',
  21217: 'bad_address',
  21265: 'bad_address',
  21604: 'bad_address',
  21614: 'bad_address',
  21635: 'bad_address',
  21617: 'too_large',
  21602: 'content_refused',
  21619: 'content_refused',
  21212: 'sender_fault',
  21603: 'sender_fault',
  21606: 'sender_fault',
  21608: 'sender_fault',
  21659: 'sender_fault',
  21660: 'sender_fault',
  21701: 'sender_fault',
  21703: 'sender_fault',
};

/** 21611: the queue of our own number is full; like 429, nothing was taken. */
const QUEUE_FULL = 21611;

/** What a send that brought no message came to (RELIABILITY.md §1). */
export function twilioOutcome(exchange: Exchange, error: unknown): SendResult {
  const { answer } = exchange;
  if (answer === undefined) return silence(error);
  const evidence = `twilio: ${answer.status} ${answer.code ?? ''}`.trim();
  if (answer.status === 429 || answer.code === QUEUE_FULL) {
    const { retryAfterMs } = answer;
    return { kind: 'retry', reason: 'rate_limited', evidence, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  }
  // Twilio promises nothing about a 5xx: the message may be in its queue. So with a 2xx that cannot be read.
  if (answer.status >= 500 || answer.status < 400)
    return { kind: 'unknown', reason: `http_${answer.status}`, evidence };
  if (answer.status === 401 || answer.status === 403) {
    return { kind: 'retry', reason: 'not_allowed', evidence, stopProvider: true };
  }
  const failure = answer.code === undefined ? 'other' : (CLASSES[answer.code] ?? 'other');
  return {
    kind: 'failed',
    class: failure,
    evidence,
    ...((failure === 'opted_out' || failure === 'bad_address') && { suppress: true }),
    ...(failure === 'sender_fault' && { stopProvider: true }),
  };
}

function silence(error: unknown): SendResult {
  const evidence = `twilio: ${errorCode(error)}`;
  if (isCertificateError(error)) return { kind: 'retry', reason: 'tls', evidence, stopProvider: true };
  if (neverWritten(error)) return { kind: 'retry', reason: 'no_connection', evidence };
  return { kind: 'unknown', reason: 'no_answer', evidence };
}
