import webpush from 'web-push';
import type { PushSubscription } from '../channel.ts';
import { toTopic } from '../delivery-id.ts';
import type { RouteEndpoint } from './endpoints.ts';
import type { Post } from './post.ts';
import { errorVerdict, statusVerdict, type Verdict } from './verdict.ts';

/** One notification, the same for all subscriptions of a user. */
export interface Notification {
  deliveryId: string;
  title: string;
  body: string;
  url: string;
  /** Seconds until it is stale. */
  ttl: number;
}

export interface Vapid {
  publicKey: string;
  privateKey: string;
  subject: string;
}

/** Sends a notification to one subscription. */
export type PushOne = (subscription: PushSubscription, notification: Notification) => Promise<Verdict>;

/** RFC 8292 allows 24 hours; the same header serves an hour of messages, since signing costs as much as encrypting. */
const VAPID_REUSE_MS = 3_600_000;
/** What RFC 8030 makes every service take, less the encryption's overhead. */
const MAX_PAYLOAD = 3_993;

/** Web push: encrypted for the subscriber (RFC 8291), signed by VAPID, replaced by Topic and tag when repeated. */
export function createWebPush(options: { post: Post; route: RouteEndpoint; vapid: Vapid }): PushOne {
  const authorization = createVapidHeaders(options.vapid);
  return async (subscription, notification) => {
    const url = options.route(subscription.endpoint);
    if (url === undefined) return { kind: 'refused', evidence: 'webpush: host is not a known push service' };
    const payload = JSON.stringify({
      title: notification.title,
      body: notification.body,
      url: notification.url,
      tag: notification.deliveryId,
    });
    if (Buffer.byteLength(payload) > MAX_PAYLOAD) return { kind: 'too_large', evidence: 'webpush: before sending' };
    const sealed = seal(subscription, payload, notification);
    if (sealed === undefined) return { kind: 'gone', evidence: 'webpush: the keys of the subscription are no keys' };
    const headers = { ...sealed.headers, Authorization: authorization(url) };
    try {
      const answer = await options.post({ url, headers, body: sealed.body });
      return statusVerdict('webpush', answer) ?? { kind: 'accepted', id: toTopic(notification.deliveryId) };
    } catch (error) {
      return errorVerdict('webpush', error);
    }
  };
}

function seal(
  subscription: PushSubscription,
  payload: string,
  notification: Notification,
): { headers: Record<string, string>; body: Buffer } | undefined {
  const { endpoint, p256dh, auth } = subscription;
  try {
    const { headers, body } = webpush.generateRequestDetails(
      { endpoint, keys: { p256dh: p256dh ?? '', auth: auth ?? '' } },
      payload,
      { TTL: notification.ttl, topic: toTopic(notification.deliveryId), urgency: 'normal' },
    );
    return { headers, body };
  } catch {
    return undefined;
  }
}

function createVapidHeaders(vapid: Vapid): (url: URL) => string {
  const known = new Map<string, { value: string; until: number }>();
  return (url) => {
    const cached = known.get(url.origin);
    if (cached !== undefined && cached.until > Date.now()) return cached.value;
    const { subject, publicKey, privateKey } = vapid;
    const { Authorization: value } = webpush.getVapidHeaders(url.origin, subject, publicKey, privateKey, 'aes128gcm');
    known.set(url.origin, { value, until: Date.now() + VAPID_REUSE_MS });
    return value;
  };
}
