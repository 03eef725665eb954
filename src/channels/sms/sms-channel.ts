import twilio, { type Twilio } from 'twilio';
import { RecallwaveError } from '../../domain/failures.ts';
import type { Channel, Envelope, ReconcileResult, SendResult } from '../channel.ts';
import { createSlots } from '../slots.ts';
import { twilioOutcome } from './outcome.ts';
import { findOurs } from './reconcile.ts';
import { exchanges, LateRequestClient, type Exchange } from './twilio-http.ts';

export interface SmsOptions {
  accountSid: string;
  authToken: string;
  from: string | undefined;
  messagingServiceSid: string | undefined;
  /** Base URL of the stand-in; undefined: Twilio itself. */
  standInUrl: string | undefined;
  /** Where Twilio reports what became of a message. */
  publicUrl: string;
  /** Sends in flight. */
  concurrency: number;
  /** Silence after which an answer is given up; default 30 s. */
  timeoutMs?: number;
  now?: () => Date;
}

const E164 = /^\+[1-9]\d{6,14}$/;
/** Twilio's bounds, in seconds. */
const VALIDITY = { min: 1, max: 36_000 };
const LISTED = 50;

type SmsContent = Extract<Envelope['content'], { channel: 'sms' }>;

/** SMS by Twilio's SDK; the delivery id travels in the query of the StatusCallback. */
export function createSmsChannel(options: SmsOptions): Channel {
  const httpClient = new LateRequestClient({
    base: options.standInUrl,
    timeoutMs: options.timeoutMs ?? 30_000,
    sockets: options.concurrency,
  });
  const client = new twilio.Twilio(options.accountSid, options.authToken, { httpClient });
  const slots = createSlots(options.concurrency, () => client);
  const now = options.now ?? (() => new Date());
  return {
    name: 'sms',
    provider: 'twilio',
    standIn: options.standInUrl !== undefined,
    repeatable: false,
    concurrency: options.concurrency,
    async send(envelope, intent) {
      const { content } = envelope;
      if (content.channel !== 'sms') throw new Error(`an ${content.channel} message came to sms`);
      if (!E164.test(content.to)) return { kind: 'failed', class: 'bad_address', evidence: 'refused before sending' };
      const message = { ...request(envelope, content, now()), ...origin(options, envelope, content) };
      return slots.use((one) => submit(one, message, intent));
    },
    reconcile: (query) => reconcile(client, query),
    check: () => check(client, options),
    close: async () => {},
  };
}

type MessageRequest = Parameters<Twilio['messages']['create']>[0];

function request(envelope: Envelope, content: SmsContent, now: Date): MessageRequest {
  const secondsLeft = Math.floor((envelope.notAfter.getTime() - now.getTime()) / 1000);
  return {
    to: content.to,
    body: content.text,
    // What waits in Twilio's queue must not go out in the night.
    validityPeriod: Math.min(VALIDITY.max, Math.max(VALIDITY.min, secondsLeft)),
  };
}

function origin(options: SmsOptions, envelope: Envelope, content: SmsContent): Partial<MessageRequest> {
  const { messagingServiceSid } = options;
  const from = options.from ?? content.from;
  return {
    statusCallback: `${options.publicUrl}/webhooks/twilio?d=${envelope.deliveryId}`,
    ...(messagingServiceSid !== undefined && { messagingServiceSid }),
    ...(messagingServiceSid === undefined && from !== undefined && { from }),
  };
}

async function submit(client: Twilio, message: MessageRequest, intent: () => Promise<boolean>): Promise<SendResult> {
  const exchange: Exchange = { intent, withdrawn: false };
  try {
    const { sid } = await exchanges.run(exchange, () => client.messages.create(message));
    return { kind: 'accepted', providerId: sid };
  } catch (error) {
    if (exchange.failure !== undefined) throw exchange.failure;
    if (exchange.withdrawn) return { kind: 'withdrawn' };
    return twilioOutcome(exchange, error);
  }
}

/** Lists by number alone: Twilio's filter by DateSent leaves out what is still queued. */
async function reconcile(
  client: Twilio,
  query: { deliveryId: string; to: string; since: Date; text?: string },
): Promise<ReconcileResult> {
  const listed = await client.messages.list({ to: query.to, limit: LISTED, pageSize: LISTED }).catch(() => {
    throw new Error('Twilio could not be asked about an unknown message');
  });
  return findOurs(listed, query);
}

async function check(client: Twilio, options: SmsOptions): Promise<void> {
  const { standInUrl } = options;
  const where = standInUrl ?? 'api.twilio.com';
  await client.api.v2010
    .accounts(options.accountSid)
    .fetch()
    .catch(() => {
      throw new RecallwaveError(
        'ProviderStopped',
        `no SMS can be sent through ${where}`,
        standInUrl === undefined
          ? 'check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN'
          : 'start the stand-ins with `recallwave start`',
      );
    });
}
