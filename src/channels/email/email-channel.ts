import { RecallwaveError } from '../../domain/failures.ts';
import type { Channel, SendResult } from '../channel.ts';
import { scrub } from '../evidence.ts';
import { createSlots } from '../slots.ts';
import { singleAddress } from './address.ts';
import { compose, type EmailContent } from './compose.ts';
import { createSigner, type Sign } from './dkim.ts';
import { SmtpSlot, type Mail, type SmtpTimeouts } from './smtp-slot.ts';
import type { SmtpEndpoint } from './smtp-url.ts';

export interface EmailOptions {
  endpoint: SmtpEndpoint;
  standIn: boolean;
  /** Connections, and sends in flight. */
  concurrency: number;
  dkim?: { domain: string; selector: string; privateKey: string } | undefined;
  timeouts?: Partial<SmtpTimeouts>;
  /** Clock of the Date header. */
  now?: () => Date;
}

// nodemailer waits 120 s for a connection and 600 s for an answer: longer than the lease of the message.
const TIMEOUTS: SmtpTimeouts = { connect: 30_000, greeting: 30_000, socket: 60_000 };

/** E-mail over SMTP, intent committed after 354. Message-ID is `<delivery id@sender's domain>`. */
export function createEmailChannel(options: EmailOptions): Channel {
  const { endpoint } = options;
  const timeouts = { ...TIMEOUTS, ...options.timeouts };
  const sign = options.dkim === undefined ? undefined : createSigner(options.dkim);
  const now = options.now ?? (() => new Date());
  const slots = createSlots(options.concurrency, () => new SmtpSlot(endpoint, timeouts));
  return {
    name: 'email',
    provider: 'smtp',
    standIn: options.standIn,
    repeatable: false,
    concurrency: options.concurrency,
    async send(envelope, intent): Promise<SendResult> {
      if (envelope.content.channel !== 'email') throw new Error(`an ${envelope.content.channel} message came to email`);
      const mail = prepare({
        content: envelope.content,
        deliveryId: envelope.deliveryId,
        bounce: endpoint.bounce,
        date: now(),
      });
      if (mail === undefined) return { kind: 'failed', class: 'bad_address', evidence: 'refused before sending' };
      return deliver(mail, sign, (ready) => slots.use((slot) => slot.send(ready, intent)));
    },
    // SMTP can't be asked; a bounce or a provider's event settles it, else the campaign's choice (RELIABILITY.md §1).
    reconcile: async () => ({ kind: 'cannot_tell' }),
    check: () => check(endpoint, timeouts, options.standIn),
    async close() {
      slots.each((slot) => slot.close());
    },
  };
}

function deliver(mail: Mail, sign: Sign | undefined, send: (mail: Mail) => Promise<SendResult>): Promise<SendResult> {
  if (sign === undefined) return send(mail);
  return sign(mail.source).then((source) => send({ ...mail, source }));
}

/** undefined: the recipient is not one address. */
function prepare(input: {
  content: EmailContent;
  deliveryId: string;
  bounce: string | undefined;
  date: Date;
}): Mail | undefined {
  const { content, deliveryId, bounce, date } = input;
  const to = singleAddress(content.to.address);
  const from = singleAddress(content.from.address);
  if (to === undefined) return undefined;
  if (from === undefined) throw new RecallwaveError('BadInput', 'the sender is not an e-mail address', 'set emailFrom');
  const messageId = `${deliveryId}@${from.slice(from.lastIndexOf('@') + 1)}`;
  const checked = { ...content, to: { ...content.to, address: to }, from: { ...content.from, address: from } };
  const source = compose({ content: checked, messageId, deliveryId, date });
  return { from: bounce === undefined ? from : bounce.replace('@', `+${deliveryId}@`), to, messageId, source };
}

async function check(endpoint: SmtpEndpoint, timeouts: SmtpTimeouts, standIn: boolean): Promise<void> {
  const slot = new SmtpSlot(endpoint, { ...timeouts, connect: 5_000, greeting: 5_000 });
  const failure = await slot.probe();
  slot.close();
  if (failure === undefined) return;
  throw new RecallwaveError(
    'ProviderStopped',
    `no mail can be sent through ${endpoint.host}:${endpoint.port}: ${scrub(failure.message)}`,
    standIn ? 'start the stand-ins with `recallwave start`' : 'check host, port, user and password in SMTP_URL',
  );
}
