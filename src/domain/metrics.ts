import type { ChannelName, MessageState } from './words.ts';

/** What activities count; the worker turns it into Prometheus metrics. Labels are names of ours, never personal data. */
export interface Metrics {
  /** Messages that reached `state` by this process's hand. */
  countMessages(by: { channel: ChannelName; state: MessageState }, count: number): void;
  /** Messages claimed for sending. */
  countClaims(channel: ChannelName, count: number): void;
  /** Intents committed (`granted`) or refused by the last re-check. */
  countIntents(by: { channel: ChannelName; granted: boolean }, count: number): void;
}
