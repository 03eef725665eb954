import type { NodemailerError } from 'nodemailer';
import SMTPConnection, { type SMTPConnectionSendInfo } from 'nodemailer/lib/smtp-connection';
import type { SendResult } from '../channel.ts';
import { scrub } from '../evidence.ts';
import { LateBody } from './late-body.ts';
import { smtpOutcome } from './outcome.ts';
import type { SmtpEndpoint } from './smtp-url.ts';

/** Milliseconds. */
export interface SmtpTimeouts {
  connect: number;
  greeting: number;
  /** Silence on the line, the answer to the final dot included. */
  socket: number;
}

/** What goes into one transaction. */
export interface Mail {
  from: string;
  to: string;
  messageId: string;
  source: Buffer;
}

type Sent = { info: SMTPConnectionSendInfo } | { error: NodemailerError };

/** One connection of the pool: opened when first needed, reused, opened again when it broke. One mail at a time. */
export class SmtpSlot {
  #connection: SMTPConnection | undefined;
  /** A refused transaction is still open on the server: RSET before the next. */
  #dirty = false;
  readonly #endpoint: SmtpEndpoint;
  readonly #timeouts: SmtpTimeouts;

  constructor(endpoint: SmtpEndpoint, timeouts: SmtpTimeouts) {
    this.#endpoint = endpoint;
    this.#timeouts = timeouts;
  }

  /** Sends one mail; rejects only with what `intent()` threw. */
  async send(mail: Mail, intent: () => Promise<boolean>): Promise<SendResult> {
    for (;;) {
      const reused = this.#connection !== undefined;
      const opened = await this.#open();
      if (opened instanceof Error) return smtpOutcome(opened, false);
      const body = new LateBody(mail.source, intent);
      const sent = await transmit(opened, mail, body);
      await body.asked;
      if ('info' in sent) return accepted(sent.info, mail);
      this.#recover(sent.error);
      if (body.failure !== undefined) throw body.failure;
      if (body.refused) return { kind: 'withdrawn' };
      // An idle connection that the server had closed meanwhile: nothing was asked, so once more on a fresh one.
      const stale = reused && body.asked === undefined && sent.error.responseCode === undefined;
      if (!stale) return smtpOutcome(sent.error, body.released);
    }
  }

  /** Opens the connection and logs in; resolves with the error where that fails. */
  async probe(): Promise<NodemailerError | undefined> {
    const opened = await this.#open();
    return opened instanceof Error ? opened : undefined;
  }

  close(): void {
    this.#connection?.quit();
    this.#connection = undefined;
  }

  async #open(): Promise<SMTPConnection | NodemailerError> {
    const current = this.#connection;
    if (current !== undefined && this.#dirty) await this.#reset(current);
    if (this.#connection !== undefined) return this.#connection;
    const connection = new SMTPConnection({
      ...this.#endpoint,
      connectionTimeout: this.#timeouts.connect,
      greetingTimeout: this.#timeouts.greeting,
      socketTimeout: this.#timeouts.socket,
      // A withdrawn mail must not end like a finished one: the socket is destroyed, not closed politely.
      socketCloseTimeout: 0,
    });
    const failure = await establish(connection, this.#endpoint.auth);
    if (failure !== undefined) {
      connection.close();
      return failure;
    }
    connection.once('end', () => {
      if (this.#connection === connection) this.#connection = undefined;
    });
    this.#connection = connection;
    this.#dirty = false;
    return connection;
  }

  #reset(connection: SMTPConnection): Promise<void> {
    this.#dirty = false;
    return new Promise((resolve) => {
      connection.once('end', resolve);
      connection.reset((error) => {
        connection.removeListener('end', resolve);
        if (error) this.#drop();
        resolve();
      });
    });
  }

  /** A refusal leaves the connection usable after RSET; anything else ends it. */
  #recover(error: NodemailerError): void {
    const refused = error.code === 'EENVELOPE' || error.code === 'EMESSAGE';
    if (refused && error.responseCode !== undefined && error.responseCode !== 421) this.#dirty = true;
    else this.#drop();
  }

  #drop(): void {
    this.#connection?.close();
    this.#connection = undefined;
  }
}

/** Resolves with undefined once the server is ready for MAIL. */
function establish(connection: SMTPConnection, auth: SmtpEndpoint['auth']): Promise<NodemailerError | undefined> {
  return new Promise((resolve) => {
    // Stays for the connection's life: an 'error' without a listener would end the process.
    connection.on('error', (error: NodemailerError) => resolve(error));
    connection.once('end', () => resolve(new Error('closed before it was ready')));
    connection.connect((error) => {
      if (error !== undefined) return resolve(error);
      if (auth === undefined) return resolve(undefined);
      connection.login({ credentials: auth }, (failed) => resolve(failed ?? undefined));
    });
  });
}

function transmit(connection: SMTPConnection, mail: Mail, body: LateBody): Promise<Sent> {
  return new Promise((resolve) => {
    const envelope = { from: mail.from, to: [mail.to], size: mail.source.length };
    connection.send(envelope, body, (error, info) => {
      if (error !== null) resolve({ error });
      else if (info === undefined) resolve({ error: new Error('no answer') });
      else resolve({ info });
    });
  });
}

function accepted(info: SMTPConnectionSendInfo, mail: Mail): SendResult {
  const providerId = info.serverMessageId?.replace(/^<|>$/g, '') ?? mail.messageId;
  return { kind: 'accepted', providerId, evidence: scrub(info.response) };
}
