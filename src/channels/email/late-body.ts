import { Readable } from 'node:stream';

/**
 * A message body that asks `intent()` at its first read: nodemailer reads only after the server's 354, so the intent is
 * committed as late as SMTP allows. Without a yes not a byte goes out, the final dot least of all.
 */
export class LateBody extends Readable {
  /** Set once `intent()` was called; settled when it has answered. */
  asked: Promise<void> | undefined;
  /** The server asked for the body and `intent()` said no. */
  refused = false;
  /** The body was handed to the connection: from here on silence means "unknown". */
  released = false;
  /** What `intent()` threw. */
  failure: unknown;
  readonly #source: Buffer;
  readonly #intent: () => Promise<boolean>;

  constructor(source: Buffer, intent: () => Promise<boolean>) {
    super({ highWaterMark: source.length + 1 });
    this.#source = source;
    this.#intent = intent;
  }

  override _read(): void {
    this.asked ??= this.#ask();
  }

  async #ask(): Promise<void> {
    try {
      const go = await this.#intent();
      // The connection died while the intent was committed: nothing was sent, and nothing will be.
      if (this.destroyed) return;
      if (go) return this.#release();
      this.refused = true;
      this.destroy(new Error('withdrawn'));
    } catch (error) {
      this.failure = error;
      this.destroy(new Error('intent failed'));
    }
  }

  #release(): void {
    this.released = true;
    this.push(this.#source);
    this.push(null);
  }
}
