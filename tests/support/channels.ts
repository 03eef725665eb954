import { randomUUID } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Envelope, RenderedMessage } from '../../src/channels/channel.ts';
import { createEmailChannel, type EmailOptions } from '../../src/channels/email/email-channel.ts';
import { readAcceptances, type Acceptance } from '../../src/channels/stand-ins/acceptances.ts';
import { startStandIns, type StandIns } from '../../src/channels/stand-ins/index.ts';

/** Stand-ins on free ports in a folder of their own; stopped after the test file. */
export async function runningStandIns(
  options: { startTls?: boolean } = {},
): Promise<StandIns & { accepted: (deliveryId: string) => Promise<Acceptance[]> }> {
  const folder = await mkdtemp(join(tmpdir(), 'recallwave-stand-ins-'));
  const standIns = await startStandIns({ host: '127.0.0.1', smtpPort: 0, httpPort: 0, folder, ...options });
  afterAll(() => standIns.stop());
  return {
    ...standIns,
    accepted: async (deliveryId) =>
      (await readAcceptances(standIns.acceptancesFile)).filter((one) => one.deliveryId === deliveryId),
  };
}

/** An e-mail channel towards `port`; closed after the test file. */
export function anEmailChannel(port: number, options: Partial<EmailOptions> = {}) {
  const channel = createEmailChannel({
    standIn: true,
    concurrency: 4,
    timeouts: { connect: 5_000, greeting: 5_000, socket: 5_000 },
    ...options,
    endpoint: {
      host: '127.0.0.1',
      port,
      secure: false,
      requireTLS: false,
      ignoreTLS: true,
      auth: undefined,
      name: 'test.localhost',
      bounce: undefined,
      ...options.endpoint,
    },
  });
  afterAll(() => channel.close());
  return channel;
}

/** An envelope with a fresh delivery id, good for an hour. */
export function anEnvelope<C extends RenderedMessage>(content: C): Envelope & { content: C } {
  return { deliveryId: randomUUID(), messageNo: 1, notAfter: new Date(Date.now() + 3_600_000), content };
}

/** An e-mail to `address`. */
export function anEmail(
  address = 'li@example.net',
  content: Partial<Extract<RenderedMessage, { channel: 'email' }>> = {},
) {
  return anEnvelope({
    channel: 'email' as const,
    from: { name: 'Example Company', address: 'hello@example.com' },
    to: { name: 'Li', address },
    subject: 'We kept your place',
    html: '<p>Come back</p>',
    text: 'Come back',
    unsubscribeUrl: 'https://example.com/u/token',
    unsubscribeMailto: 'mailto:unsubscribe@example.com?subject=token',
    ...content,
  });
}

/** An intent that says yes and counts how often it was asked. */
export function anIntent(answer = true): (() => Promise<boolean>) & { asked: () => number } {
  let asked = 0;
  const intent = async (): Promise<boolean> => {
    asked += 1;
    return answer;
  };
  return Object.assign(intent, { asked: () => asked });
}
