import { RecallwaveError } from '../../domain/failures.ts';
import type { Channel, Envelope, PushSubscription } from '../channel.ts';
import { createSlots } from '../slots.ts';
import { combine, type Verdict } from './verdict.ts';
import type { PushOne } from './web-push.ts';

export interface PushOptions {
  /** undefined: that kind of subscription can't be reached with what is configured. */
  webPush: PushOne | undefined;
  fcm: PushOne | undefined;
  standIn: boolean;
  /** Users in flight. */
  concurrency: number;
  /** Throws where the provider isn't there. */
  probe: () => Promise<void>;
  close: () => void;
  now?: () => Date;
}

/** Push to all subscriptions of a user; a repeat is harmless, since Topic, tag and collapse key replace the first copy. */
export function createPushChannel(options: PushOptions): Channel {
  const now = options.now ?? (() => new Date());
  const slots = createSlots(options.concurrency, () => options);
  return {
    name: 'push',
    provider: 'push',
    standIn: options.standIn,
    repeatable: true,
    concurrency: options.concurrency,
    async send(envelope, intent) {
      const { content } = envelope;
      if (content.channel !== 'push') throw new Error(`an ${content.channel} message came to push`);
      if (content.subscriptions.length === 0) return combine([]);
      return slots.use(async (senders) => {
        if (!(await intent())) return { kind: 'withdrawn' };
        const notification = { ...notificationOf(envelope, now()), title: content.title, body: content.body };
        const sent = content.subscriptions.map(async (subscription) => ({
          subscriptionNo: subscription.subscriptionNo,
          verdict: await pushTo(senders, subscription, { ...notification, url: content.url }),
        }));
        return combine(await Promise.all(sent));
      });
    },
    reconcile: async () => ({ kind: 'cannot_tell' }),
    check: options.probe,
    close: async () => options.close(),
  };
}

function notificationOf(envelope: Envelope, now: Date): { deliveryId: string; ttl: number } {
  const ttl = Math.max(0, Math.floor((envelope.notAfter.getTime() - now.getTime()) / 1000));
  return { deliveryId: envelope.deliveryId, ttl };
}

function pushTo(
  senders: PushOptions,
  subscription: PushSubscription,
  notification: Parameters<PushOne>[1],
): Promise<Verdict> {
  const { kind } = subscription;
  const send = kind === 'fcm' ? senders.fcm : senders.webPush;
  if (send === undefined) return Promise.resolve({ kind: 'refused', evidence: `${kind}: not configured` });
  return send(subscription, notification);
}

/** The error of a push stand-in that isn't running. */
export function standInMissing(url: string): RecallwaveError {
  return new RecallwaveError(
    'ProviderStopped',
    `no push can be sent through ${url}`,
    'start the stand-ins with `recallwave start`',
  );
}
