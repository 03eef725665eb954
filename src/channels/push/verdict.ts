import type { SendResult } from '../channel.ts';
import { errorCode, isCertificateError, neverWritten } from '../net-errors.ts';
import { readRetryAfter } from '../retry-after.ts';
import type { PostAnswer } from './post.ts';

/** What one subscription's push service said. */
export type Verdict =
  | { kind: 'accepted'; id: string }
  | { kind: 'gone'; evidence: string }
  | { kind: 'too_large'; evidence: string }
  | { kind: 'stopped'; evidence: string }
  | { kind: 'refused'; evidence: string }
  | { kind: 'unknown'; evidence: string }
  | { kind: 'retry'; evidence: string; retryAfterMs: number | undefined };

/** Verdicts that HTTP and its status alone give, for web push and FCM alike; `undefined` for a success. */
export function statusVerdict(service: string, answer: PostAnswer): Verdict | undefined {
  const { status } = answer;
  const evidence = `${service}: ${status}`;
  if (status >= 200 && status < 300) return undefined;
  if (status === 404 || status === 410) return { kind: 'gone', evidence };
  if (status === 413) return { kind: 'too_large', evidence };
  if (status === 401 || status === 403) return { kind: 'stopped', evidence };
  if (status === 429 || status >= 500) {
    return { kind: 'retry', evidence, retryAfterMs: readRetryAfter(answer.headers['retry-after']) };
  }
  return { kind: 'refused', evidence };
}

/** A request without an answer: harmless to repeat, since Topic and tag replace a first copy. */
export function errorVerdict(service: string, error: unknown): Verdict {
  const evidence = `${service}: ${errorCode(error)}`;
  if (isCertificateError(error)) return { kind: 'stopped', evidence };
  if (neverWritten(error)) return { kind: 'retry', evidence, retryAfterMs: undefined };
  return { kind: 'unknown', evidence };
}

/** One result for all subscriptions of a user: accepted when any took it, else the most hopeful of the rest. */
export function combine(verdicts: readonly { subscriptionNo: number; verdict: Verdict }[]): SendResult {
  const gone = verdicts.filter((one) => one.verdict.kind === 'gone').map((one) => one.subscriptionNo);
  const goneSubscriptions = gone.length > 0 ? { goneSubscriptions: gone } : {};
  const all = verdicts.map((one) => one.verdict);
  const [accepted] = ofKind(all, 'accepted');
  if (accepted !== undefined) return { kind: 'accepted', providerId: accepted.id, ...goneSubscriptions };
  const [unknown] = ofKind(all, 'unknown');
  if (unknown !== undefined) return { kind: 'unknown', reason: 'no_answer', evidence: unknown.evidence };
  const retries = ofKind(all, 'retry');
  if (retries[0] !== undefined) return retryLater(retries[0].evidence, retries);
  const [stopped] = ofKind(all, 'stopped');
  if (stopped !== undefined) {
    return { kind: 'retry', reason: 'not_allowed', evidence: stopped.evidence, stopProvider: true };
  }
  return { ...refusal(all), ...goneSubscriptions };
}

function retryLater(evidence: string, retries: readonly { retryAfterMs: number | undefined }[]): SendResult {
  const longest = Math.max(...retries.map((one) => one.retryAfterMs ?? 0));
  return { kind: 'retry', reason: 'push_busy', evidence, ...(longest > 0 && { retryAfterMs: longest }) };
}

function refusal(all: readonly Verdict[]): Extract<SendResult, { kind: 'failed' }> {
  const [tooLarge] = ofKind(all, 'too_large');
  if (tooLarge !== undefined) return { kind: 'failed', class: 'too_large', evidence: tooLarge.evidence };
  const [refused] = ofKind(all, 'refused');
  if (refused !== undefined) return { kind: 'failed', class: 'other', evidence: refused.evidence };
  return { kind: 'failed', class: 'subscription_gone', evidence: `${all.length} subscriptions, none left` };
}

function ofKind<K extends Verdict['kind']>(all: readonly Verdict[], kind: K): Extract<Verdict, { kind: K }>[] {
  return all.filter((one): one is Extract<Verdict, { kind: K }> => one.kind === kind);
}
