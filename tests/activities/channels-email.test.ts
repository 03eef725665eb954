import { createServer, type Socket } from 'node:net';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { SendResult } from '../../src/channels/channel.ts';
import type { Fault } from '../../src/channels/stand-ins/faults.ts';
import { anEmail, anEmailChannel, anIntent, runningStandIns } from '../support/channels.ts';
import { freePort } from '../support/ports.ts';

const standIns = await runningStandIns();
const channel = anEmailChannel(standIns.smtpPort);
afterEach(() => standIns.faults.clear());

async function sendUnder(fault: Fault, intent = anIntent()) {
  standIns.faults.next('smtp', fault);
  const mail = anEmail();
  const timeouts = fault.act === 'hang' ? { connect: 1_000, greeting: 1_000, socket: 1_000 } : {};
  const fresh = anEmailChannel(standIns.smtpPort, { timeouts });
  const result = await fresh.send(mail, intent);
  await fresh.close();
  return { result, asked: intent.asked(), accepted: (await standIns.accepted(mail.deliveryId)).length };
}

describe('e-mail, a definite no before 354: retry, the intent is not even asked', () => {
  const rows: [string, Fault, Partial<SendResult>][] = [
    ['a server that is busy at the greeting', { at: 'connect', reply: '421 4.3.2 busy' }, { kind: 'retry' }],
    ['a connection dropped at the greeting', { at: 'connect', act: 'close' }, { kind: 'retry' }],
    ['a server that never greets', { at: 'connect', act: 'hang' }, { kind: 'retry' }],
    ['421 at MAIL', { at: 'mail', reply: '421 4.3.2 closing' }, { kind: 'retry' }],
    ['451 at MAIL', { at: 'mail', reply: '451 4.3.0 later' }, { kind: 'retry', reason: 'smtp_451' }],
    ['450 at RCPT', { at: 'rcpt', reply: '450 4.2.1 greylisted' }, { kind: 'retry', reason: 'smtp_450' }],
    ['452 at RCPT', { at: 'rcpt', reply: '452 4.2.2 full' }, { kind: 'retry', reason: 'smtp_452' }],
    ['a connection dropped at RCPT', { at: 'rcpt', act: 'reset' }, { kind: 'retry' }],
    ['a server that hangs at RCPT', { at: 'rcpt', act: 'hang' }, { kind: 'retry', reason: 'timeout' }],
    ['451 at DATA', { at: 'data', reply: '451 4.3.0 later' }, { kind: 'retry', reason: 'smtp_451' }],
    ['a connection reset at DATA', { at: 'data', act: 'reset' }, { kind: 'retry' }],
    ['a server that never says 354', { at: 'data', act: 'hang' }, { kind: 'retry', reason: 'timeout' }],
  ];
  it.each(rows)('%s', async (_name, fault, expected) => {
    const { result, asked, accepted } = await sendUnder(fault);
    expect(result).toMatchObject(expected);
    expect(asked).toBe(0);
    expect(accepted).toBe(0);
  });

  it('a refused connection', async () => {
    const result = await anEmailChannel(await freePort()).send(anEmail(), anIntent());
    expect(result).toMatchObject({ kind: 'retry', evidence: 'connect: ECONNREFUSED' });
  });
});

describe('e-mail, answers after the final dot', () => {
  const rows: [string, Fault, Partial<SendResult>][] = [
    ['4xx is a definite no', { reply: '451 4.3.0 later' }, { kind: 'retry', reason: 'smtp_451' }],
    ['421 is a definite no', { reply: '421 4.3.2 closing' }, { kind: 'retry' }],
    [
      '554 5.7.1 is our own fault and stops',
      { reply: '554 5.7.1 spam' },
      { kind: 'failed', class: 'sender_fault', stopProvider: true },
    ],
    ['552 5.3.4 is too large', { reply: '552 5.3.4 too big' }, { kind: 'failed', class: 'too_large' }],
    ['550 5.6.0 refuses the content', { reply: '550 5.6.0 bad content' }, { kind: 'failed', class: 'content_refused' }],
    ['a closed connection leaves it unknown', { act: 'close' }, { kind: 'unknown' }],
    ['a reset leaves it unknown', { act: 'reset' }, { kind: 'unknown' }],
    ['silence leaves it unknown', { act: 'hang' }, { kind: 'unknown', reason: 'timeout' }],
    ['half a 250 leaves it unknown', { act: 'half_reply' }, { kind: 'unknown' }],
  ];
  it.each(rows)('%s', async (_name, fault, expected) => {
    const { result, asked, accepted } = await sendUnder(fault);
    expect(result).toMatchObject(expected);
    expect(asked).toBe(1);
    expect(accepted).toBe(0);
  });

  it.each(['close', 'reset', 'hang', 'half_reply'] as const)('%s after acceptance is unknown too', async (act) => {
    const { result, accepted } = await sendUnder({ act, accepted: true });
    expect(result.kind).toBe('unknown');
    expect(accepted).toBe(1);
  });

  it('a slow 250 is a 250', async () => {
    const { result, accepted } = await sendUnder({ delayMs: 200 });
    expect(result.kind).toBe('accepted');
    expect(accepted).toBe(1);
  });
});

describe('e-mail, refused recipients by RFC 3463 class', () => {
  const rows: [string, string, Partial<SendResult>][] = [
    ['no such user suppresses', '550 5.1.1 no such user', { class: 'bad_address', suppress: true }],
    ['a full mailbox is soft', '552 5.2.2 mailbox full', { class: 'mailbox_full' }],
    ['the sender is not allowed', '550 5.7.1 not allowed', { class: 'sender_fault', stopProvider: true }],
    ['550 without an enhanced code', '550 unknown', { class: 'bad_address', suppress: true }],
    ['554 without an enhanced code', '554 no', { class: 'sender_fault', stopProvider: true }],
  ];
  it.each(rows)('%s', async (_name, reply, expected) => {
    const { result, asked } = await sendUnder({ at: 'rcpt', reply });
    expect(result).toMatchObject({ kind: 'failed', ...expected });
    expect(asked).toBe(0);
  });

  it('only a bad address suppresses, only our own fault stops', async () => {
    const full = await sendUnder({ at: 'rcpt', reply: '552 5.2.2 full' });
    expect(full.result).not.toHaveProperty('suppress');
    const bad = await sendUnder({ at: 'rcpt', reply: '550 5.1.1 none' });
    expect(bad.result).not.toHaveProperty('stopProvider');
  });

  it('keeps addresses out of the evidence', async () => {
    const { result } = await sendUnder({ at: 'rcpt', reply: '550 5.1.1 <li@example.net>: no such user' });
    expect(JSON.stringify(result)).not.toContain('example.net');
    expect(result).toMatchObject({ evidence: 'rcpt: 550 5.1.1 <address>: no such user' });
  });
});

describe('e-mail, the account', () => {
  it('stops at 535, and the message may be tried again', async () => {
    standIns.faults.next('smtp', { at: 'auth', reply: '535 5.7.8 wrong password' });
    const auth = { user: 'u', pass: 'p' };
    const result = await loginChannel(auth).send(anEmail(), anIntent());
    expect(result).toMatchObject({ kind: 'retry', reason: 'smtp_535', stopProvider: true });
  });

  it('goes on after a temporary 454 at AUTH', async () => {
    standIns.faults.next('smtp', { at: 'auth', reply: '454 4.7.0 later' });
    const login = loginChannel({ user: 'u', pass: 'p' });
    expect(await login.send(anEmail(), anIntent())).not.toHaveProperty('stopProvider');
    expect(await login.send(anEmail(), anIntent())).toMatchObject({ kind: 'accepted' });
  });

  it('sends nothing where STARTTLS was stripped', async () => {
    const mail = anEmail();
    const result = await tlsChannel(standIns.smtpPort, {}).send(mail, anIntent());
    expect(result).toMatchObject({ kind: 'retry', stopProvider: true });
    expect(await standIns.accepted(mail.deliveryId)).toHaveLength(0);
  });

  it('sends nothing to a server whose certificate does not hold', async () => {
    const withTls = await runningStandIns({ startTls: true });
    const result = await tlsChannel(withTls.smtpPort, {}).send(anEmail(), anIntent());
    expect(result).toMatchObject({ kind: 'retry', stopProvider: true });
  });

  it('check says where it failed and what to do', async () => {
    const port = await freePort();
    await expect(anEmailChannel(port).check()).rejects.toMatchObject({
      message: `no mail can be sent through 127.0.0.1:${port}: connect ECONNREFUSED 127.0.0.1:${port}`,
      fix: 'start the stand-ins with `recallwave start`',
    });
    await expect(channel.check()).resolves.toBeUndefined();
  });
});

describe('e-mail, late intent', () => {
  it('asks only after 354', async () => {
    const script = await scriptedServer({ before354Ms: 120 });
    let askedAt = 0;
    const result = await anEmailChannel(script.port).send(anEmail(), async () => {
      askedAt = Date.now();
      return true;
    });
    expect(result.kind).toBe('accepted');
    expect(askedAt).toBeGreaterThanOrEqual(script.said354At());
  });

  it('sends not a byte of the body, nor the dot, when the intent says no', async () => {
    const script = await scriptedServer({ before354Ms: 0 });
    const result = await anEmailChannel(script.port).send(anEmail(), anIntent(false));
    expect(result).toEqual({ kind: 'withdrawn' });
    expect(await script.bodyAfterClose()).toBe('');
  });

  it('leaves nothing accepted when the intent says no, and goes on with the next mail', async () => {
    const [first, second] = [anEmail(), anEmail()];
    expect(await channel.send(first, anIntent(false))).toEqual({ kind: 'withdrawn' });
    expect((await channel.send(second, anIntent())).kind).toBe('accepted');
    expect(await standIns.accepted(first.deliveryId)).toHaveLength(0);
    expect(await standIns.accepted(second.deliveryId)).toHaveLength(1);
  });

  it('throws what the intent threw, with nothing sent', async () => {
    const mail = anEmail();
    const broken = channel.send(mail, () => Promise.reject(new Error('database is gone')));
    await expect(broken).rejects.toThrow('database is gone');
    expect(await standIns.accepted(mail.deliveryId)).toHaveLength(0);
  });

  it('is a definite no when the connection dies while the intent is committed', async () => {
    const mail = anEmail();
    const script = await scriptedServer({ before354Ms: 0, closeAfter354Ms: 30 });
    let settled = false;
    const result = await anEmailChannel(script.port).send(mail, async () => {
      await new Promise((resolve) => setTimeout(resolve, 120));
      settled = true;
      return true;
    });
    expect(result).toMatchObject({ kind: 'retry' });
    expect(settled).toBe(true);
    expect(await script.bodyAfterClose()).toBe('');
  });
});

describe('e-mail, recipients', () => {
  const refused = [
    'a@example.net,b@example.net',
    'a@example.net, b@example.net',
    'a@example.net\r\nBcc: b@example.net',
    'a@example.net\nRCPT TO:<b@example.net>',
    '"a, b"@example.net',
    'Li <li@example.net>',
    'a;b@example.net',
    'no-at.example.net',
    'a@',
    '李@example.net',
  ];
  it.each(refused)('refuses %j', async (address) => {
    const intent = anIntent();
    const result = await channel.send(anEmail(address), intent);
    expect(result).toMatchObject({ kind: 'failed', class: 'bad_address' });
    expect(intent.asked()).toBe(0);
  });

  it('reaches exactly one person', async () => {
    const mail = anEmail('li@bücher.example');
    await channel.send(mail, anIntent());
    expect(await standIns.accepted(mail.deliveryId)).toMatchObject([
      { to: 'li@bücher.example', id: `${mail.deliveryId}@example.com` },
    ]);
  });
});

describe('e-mail, the pool', () => {
  it('sends many at once over few connections, each once', async () => {
    const connections = await countConnections();
    const many = anEmailChannel(connections.port, { concurrency: 5 });
    const mails = Array.from({ length: 200 }, (_, n) => anEmail(`user${n}@example.net`));
    const results = await Promise.all(mails.map((mail) => many.send(mail, anIntent())));
    expect(results.every((one) => one.kind === 'accepted')).toBe(true);
    expect(connections.count()).toBe(5);
    for (const mail of mails) expect(await standIns.accepted(mail.deliveryId)).toHaveLength(1);
  });

  it('reuses a connection after a refusal', async () => {
    const connections = await countConnections();
    const one = anEmailChannel(connections.port, { concurrency: 1 });
    standIns.faults.next('smtp', { at: 'rcpt', reply: '550 5.1.1 none' });
    standIns.faults.next('smtp', { reply: '451 4.3.0 later' });
    expect((await one.send(anEmail(), anIntent())).kind).toBe('failed');
    expect((await one.send(anEmail(), anIntent())).kind).toBe('retry');
    expect((await one.send(anEmail(), anIntent())).kind).toBe('accepted');
    expect(connections.count()).toBe(1);
  });

  it('opens a new connection when the server closed the idle one', async () => {
    const connections = await countConnections();
    const one = anEmailChannel(connections.port, { concurrency: 1 });
    await one.send(anEmail(), anIntent());
    connections.dropAll();
    const mail = anEmail();
    expect((await one.send(mail, anIntent())).kind).toBe('accepted');
    expect(connections.count()).toBe(2);
    expect(await standIns.accepted(mail.deliveryId)).toHaveLength(1);
  });
});

function loginChannel(auth: { user: string; pass: string }) {
  return anEmailChannel(standIns.smtpPort, { endpoint: endpoint(standIns.smtpPort, { auth }) });
}

function tlsChannel(port: number, options: Partial<ReturnType<typeof endpoint>>) {
  return anEmailChannel(port, { endpoint: endpoint(port, { requireTLS: true, ignoreTLS: false, ...options }) });
}

function endpoint(
  port: number,
  options: { auth?: { user: string; pass: string }; requireTLS?: boolean; ignoreTLS?: boolean },
) {
  const { auth, requireTLS = false, ignoreTLS = true } = options;
  return { host: '127.0.0.1', port, secure: false, requireTLS, ignoreTLS, auth, name: undefined, bounce: undefined };
}

/** A proxy before the stand-in that counts connections and can drop them. */
async function countConnections() {
  const { connect } = await import('node:net');
  let count = 0;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    count += 1;
    open.add(client);
    const upstream = connect(standIns.smtpPort, '127.0.0.1');
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream]) socket.on('error', () => {});
    client.on('close', () => upstream.destroy());
  });
  const port = await listen(server);
  return {
    port,
    count: () => count,
    dropAll: () => {
      for (const socket of open) socket.destroy();
      open.clear();
    },
  };
}

/** A server that takes any envelope, says 354 after a while, and keeps what it is sent then. */
async function scriptedServer(options: { before354Ms: number; closeAfter354Ms?: number }) {
  let said354At = Infinity;
  let body = '';
  let closed: (body: string) => void;
  const whenClosed = new Promise<string>((resolve) => (closed = resolve));
  const server = createServer((socket) => {
    socket.write('220 script ESMTP\r\n');
    socket.on('error', () => {});
    socket.on('close', () => closed(body));
    let data = false;
    socket.on('data', (chunk) => {
      const text = chunk.toString();
      if (data) {
        body += text;
        if (body.endsWith('\r\n.\r\n')) socket.write('250 2.0.0 taken\r\n');
      } else if (/^DATA/m.test(text)) {
        data = true;
        setTimeout(() => {
          said354At = Date.now();
          socket.write('354 go\r\n');
          if (options.closeAfter354Ms !== undefined) setTimeout(() => socket.destroy(), options.closeAfter354Ms);
        }, options.before354Ms);
      } else socket.write('250 ok\r\n');
    });
  });
  return { port: await listen(server), said354At: () => said354At, bodyAfterClose: () => whenClosed };
}

function listen(server: ReturnType<typeof createServer>): Promise<number> {
  afterAll(() => void server.close());
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}
