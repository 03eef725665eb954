import type { ChannelName } from '../domain/words.ts';

/** A tracked or plain piece of content, already rendered for one user. Addresses are validated single addresses. */
export type RenderedMessage =
  | {
      channel: 'email';
      from: { name: string; address: string };
      to: { name: string; address: string };
      subject: string;
      html: string;
      text: string;
      unsubscribeUrl: string;
      unsubscribeMailto: string;
    }
  /** `from` counts where the configuration names neither number nor messaging service. */
  | { channel: 'sms'; to: string; text: string; from?: string }
  | { channel: 'push'; subscriptions: PushSubscription[]; title: string; body: string; url: string }
  | { channel: 'task'; title: string; body: string; dueAt: Date };

export interface PushSubscription {
  subscriptionNo: number;
  kind: 'webpush' | 'fcm';
  /** The web-push endpoint, or the FCM token. */
  endpoint: string;
  p256dh: string | null;
  auth: string | null;
}

/** One send. `deliveryId` (UUIDv5) makes Message-ID, StatusCallback, Topic, tag and collapse key. */
export interface Envelope {
  deliveryId: string;
  messageNo: number;
  /** The provider must not deliver later than this: ValidityPeriod, TTL. */
  notAfter: Date;
  content: RenderedMessage;
}

/** RFC 3463 class or the provider's own, in the product's words. */
export type FailureClass =
  | 'bad_address'
  | 'mailbox_full'
  | 'too_large'
  | 'opted_out'
  | 'subscription_gone'
  | 'content_refused'
  | 'sender_fault'
  | 'other';

/**
 * What became of one attempt, as data; only programming errors throw.
 * - accepted: the provider has it. - retry: a definite no, nothing was sent, may be tried again; with `stopProvider` only
 *   after a person mended the provider's account (credentials, TLS, a block).
 * - failed: a definite no for good. - unknown: it may or may not have gone out.
 * - withdrawn: `intent()` said no, nothing was sent.
 */
export type SendResult =
  | { kind: 'accepted'; providerId: string; evidence?: string; goneSubscriptions?: number[] }
  | { kind: 'retry'; reason: string; evidence: string; retryAfterMs?: number; stopProvider?: boolean }
  | {
      kind: 'failed';
      class: FailureClass;
      evidence: string;
      suppress?: boolean;
      stopProvider?: boolean;
      goneSubscriptions?: number[];
    }
  | { kind: 'unknown'; reason: string; evidence: string }
  | { kind: 'withdrawn' };

/** What a provider says about a message whose answer was lost. */
export type ReconcileResult =
  | { kind: 'accepted'; providerId: string }
  | { kind: 'not_found' }
  | { kind: 'cannot_tell' };

/**
 * A way out. `intent()` commits CLAIMED → SUBMITTING and must be awaited as late as the channel allows (SMTP: after 354,
 * in the body's first read; HTTP: just before the write); false means: send nothing.
 */
export interface Channel {
  readonly name: ChannelName;
  /** Key of the throttle and of logs: 'smtp', 'twilio', 'push', 'task'. */
  readonly provider: string;
  /** True where the other end is the local stand-in. */
  readonly standIn: boolean;
  /** True where a repeat is harmless (push: same topic and tag): unknowns are sent again. */
  readonly repeatable: boolean;
  /** How many sends may be in flight. */
  readonly concurrency: number;
  send(envelope: Envelope, intent: () => Promise<boolean>): Promise<SendResult>;
  /**
   * Asks the provider about an unknown; `since` bounds the listing, `text` (SMS) tells messages to one number apart. Throws
   * where the provider can't be asked now.
   */
  reconcile(query: { deliveryId: string; to: string; since: Date; text?: string }): Promise<ReconcileResult>;
  /** One short round trip that shows whether the provider is there; throws with a readable message. */
  check(): Promise<void>;
  close(): Promise<void>;
}
