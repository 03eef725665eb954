import type { Channel, Envelope, ReconcileResult, SendResult } from '../../src/channels/channel.ts';
import type { ChannelName } from '../../src/domain/words.ts';

/** A channel in memory that records what it accepts, and answers as a test tells it. */
export interface FakeChannel extends Channel {
  accepted: Envelope[];
  /** Answer after the intent; default: accepted. */
  answer: (envelope: Envelope) => SendResult | Promise<SendResult>;
  /** Runs before the intent is asked for. */
  beforeIntent: (envelope: Envelope) => void | Promise<void>;
  reconciles: (deliveryId: string) => ReconcileResult;
}

/** Makes one; `repeatable` as push is. */
export function fakeChannel(name: ChannelName = 'email', options: Partial<Channel> = {}): FakeChannel {
  const channel: FakeChannel = {
    name,
    provider: name === 'email' ? 'smtp' : name === 'sms' ? 'twilio' : name,
    standIn: true,
    repeatable: false,
    concurrency: 10,
    accepted: [],
    answer: (envelope) => ({ kind: 'accepted', providerId: `id-${envelope.messageNo}` }),
    beforeIntent: () => {},
    reconciles: () => ({ kind: 'cannot_tell' }),
    async send(envelope, intent) {
      await channel.beforeIntent(envelope);
      if (!(await intent())) return { kind: 'withdrawn' };
      const result = await channel.answer(envelope);
      if (result.kind === 'accepted') channel.accepted.push(envelope);
      return result;
    },
    reconcile: ({ deliveryId }) => Promise.resolve(channel.reconciles(deliveryId)),
    check: () => Promise.resolve(),
    close: () => Promise.resolve(),
    ...options,
  };
  return channel;
}
