import type { Post, PostAnswer } from './post.ts';
import { errorVerdict, statusVerdict, type Verdict } from './verdict.ts';
import type { PushOne } from './web-push.ts';

/** A bearer token for FCM, renewed when it runs out. */
export type AccessToken = () => Promise<string>;

/** FCM's errors that mean the token will never work again. */
const GONE = new Set(['UNREGISTERED', 'SENDER_ID_MISMATCH']);

/** FCM by its HTTP v1 API; a repeat replaces the first copy by collapse key and tag. */
export function createFcm(options: { post: Post; baseUrl: string; projectId: string; token: AccessToken }): PushOne {
  const url = new URL(`/v1/projects/${encodeURIComponent(options.projectId)}/messages:send`, options.baseUrl);
  return async (subscription, { deliveryId, title, body, url: link, ttl }) => {
    const message = {
      token: subscription.endpoint,
      notification: { title, body },
      data: { url: link, tag: deliveryId },
      android: { collapse_key: deliveryId, ttl: `${ttl}s`, notification: { tag: deliveryId } },
      apns: {
        headers: { 'apns-collapse-id': deliveryId, 'apns-expiration': String(Math.floor(Date.now() / 1000) + ttl) },
      },
    };
    const token = await options.token().catch(() => undefined);
    if (token === undefined) return { kind: 'retry', evidence: 'fcm: no token', retryAfterMs: undefined };
    try {
      const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
      const answer = await options.post({ url, headers, body: JSON.stringify({ message }) });
      return fcmVerdict(answer);
    } catch (error) {
      return errorVerdict('fcm', error);
    }
  };
}

function fcmVerdict(answer: PostAnswer): Verdict {
  const { name, error } = parse(answer.body);
  if (answer.status === 200 && name !== undefined) return { kind: 'accepted', id: name };
  const code = error?.details?.find((one) => one.errorCode !== undefined)?.errorCode;
  const evidence = `fcm: ${answer.status} ${code ?? error?.status ?? ''}`.trim();
  if (code !== undefined && GONE.has(code)) return { kind: 'gone', evidence };
  const verdict = statusVerdict('fcm', answer) ?? { kind: 'unknown', evidence };
  // A 404 without UNREGISTERED is a wrong project, not a lost subscription.
  return verdict.kind === 'gone' ? { kind: 'stopped', evidence } : verdict;
}

interface FcmAnswer {
  name?: string;
  error?: { status?: string; details?: { errorCode?: string }[] };
}

function parse(body: string): FcmAnswer {
  try {
    return JSON.parse(body) as FcmAnswer;
  } catch {
    return {};
  }
}
