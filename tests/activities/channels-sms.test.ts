import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { SendResult } from '../../src/channels/channel.ts';
import { createSmsChannel, type SmsOptions } from '../../src/channels/sms/sms-channel.ts';
import type { Fault } from '../../src/channels/stand-ins/faults.ts';
import { startStandIns } from '../../src/channels/stand-ins/index.ts';
import { anEnvelope, anIntent, runningStandIns } from '../support/channels.ts';
import { freePort } from '../support/ports.ts';

const standIns = await runningStandIns();
const channel = aChannel(standIns.httpPort);
afterEach(() => standIns.faults.clear());

function aChannel(port: number, options: Partial<SmsOptions> = {}) {
  const made = createSmsChannel({
    accountSid: `AC${'1'.repeat(32)}`,
    authToken: 'secret',
    from: '+15005550006',
    messagingServiceSid: undefined,
    standInUrl: `http://127.0.0.1:${port}`,
    publicUrl: 'https://recall.example.com',
    concurrency: 4,
    timeoutMs: 1_000,
    ...options,
  });
  afterAll(() => made.close());
  return made;
}

function anSms(to = '+8613800138000', text = 'Come back: https://e.com/r/abc') {
  return anEnvelope({ channel: 'sms' as const, to, text });
}

describe('SMS, what Twilio answers', () => {
  const twilio = (status: number, code: number): Fault => ({ status, body: { status, code, message: 'no' } });
  const rows: [string, Fault, Partial<SendResult>][] = [
    [
      '429 was never processed: retry when Retry-After says',
      { ...twilio(429, 20429), headers: { 'Retry-After': '7' } },
      { kind: 'retry', retryAfterMs: 7000 },
    ],
    ['21611, our own queue is full: retry', twilio(400, 21611), { kind: 'retry' }],
    ['21610 is an opt-out and suppresses', twilio(400, 21610), { kind: 'failed', class: 'opted_out', suppress: true }],
    ['21211 is a bad number', twilio(400, 21211), { kind: 'failed', class: 'bad_address', suppress: true }],
    ['21614 is a bad number', twilio(400, 21614), { kind: 'failed', class: 'bad_address', suppress: true }],
    ['21606, a wrong sender, stops', twilio(400, 21606), { kind: 'failed', class: 'sender_fault', stopProvider: true }],
    ['401 stops, the message may be tried again', twilio(401, 20003), { kind: 'retry', stopProvider: true }],
    ['500 promises nothing', twilio(500, 20500), { kind: 'unknown' }],
    ['503 promises nothing', { status: 503 }, { kind: 'unknown' }],
    ['a hang is unknown', { act: 'hang' }, { kind: 'unknown' }],
    ['a reset is unknown', { act: 'reset' }, { kind: 'unknown' }],
    ['half an answer is unknown', { act: 'half_reply' }, { kind: 'unknown' }],
  ];
  it.each(rows)('%s', async (_name, fault, expected) => {
    standIns.faults.next('twilio', fault);
    const sms = anSms();
    const intent = anIntent();
    expect(await channel.send(sms, intent)).toMatchObject(expected);
    expect(intent.asked()).toBe(1);
    expect(await standIns.accepted(sms.deliveryId)).toHaveLength(0);
  });

  it('nothing is tried twice behind the intent', async () => {
    standIns.faults.next('twilio', { status: 429, times: 1 });
    const sms = anSms();
    expect((await channel.send(sms, anIntent())).kind).toBe('retry');
    expect(await standIns.accepted(sms.deliveryId)).toHaveLength(0);
  });

  it('a refused connection is a definite no', async () => {
    const result = await aChannel(await freePort()).send(anSms(), anIntent());
    expect(result).toMatchObject({ kind: 'retry', evidence: 'twilio: ECONNREFUSED' });
  });

  it('accepted, with our id in the callback and the sid as receipt', async () => {
    const sms = anSms();
    const result = await channel.send(sms, anIntent());
    const [acceptance] = await standIns.accepted(sms.deliveryId);
    expect(result).toEqual({ kind: 'accepted', providerId: acceptance?.id });
  });

  it('refuses what is not one number', async () => {
    for (const to of ['13800138000', '+86138,+86139', '+861380013\r\n', '']) {
      const intent = anIntent();
      expect(await channel.send(anSms(to), intent)).toMatchObject({ kind: 'failed', class: 'bad_address' });
      expect(intent.asked()).toBe(0);
    }
  });
});

describe('SMS, intent and validity', () => {
  it('sends nothing when the intent says no', async () => {
    const sms = anSms();
    expect(await channel.send(sms, anIntent(false))).toEqual({ kind: 'withdrawn' });
    expect(await standIns.accepted(sms.deliveryId)).toHaveLength(0);
  });

  it('throws what the intent threw, with nothing sent', async () => {
    const sms = anSms();
    await expect(channel.send(sms, () => Promise.reject(new Error('database is gone')))).rejects.toThrow('database');
    expect(await standIns.accepted(sms.deliveryId)).toHaveLength(0);
  });

  it('keeps the intents of parallel sends apart', async () => {
    const many = Array.from({ length: 40 }, (_, n) => ({ sms: anSms(), yes: n % 2 === 0 }));
    const patient = aChannel(standIns.httpPort, { timeoutMs: 10_000 });
    const results = await Promise.all(many.map(({ sms, yes }) => patient.send(sms, anIntent(yes))));
    for (const [n, { sms, yes }] of many.entries()) {
      expect(results[n]?.kind).toBe(yes ? 'accepted' : 'withdrawn');
      expect(await standIns.accepted(sms.deliveryId)).toHaveLength(yes ? 1 : 0);
    }
  });

  it.each([
    ['the seconds that are left', 90_000, 90],
    ['at most ten hours', 100 * 3_600_000, 36_000],
    ['at least one second', -5, 1],
  ])('asks Twilio to keep it for %s', async (_name, leftMs, expected) => {
    const now = new Date('2026-03-01T08:00:00Z');
    const seen = await recordRequest(async (port) => {
      const sms = { ...anSms(), notAfter: new Date(now.getTime() + leftMs) };
      await aChannel(port, { now: () => now }).send(sms, anIntent());
    });
    expect(seen.get('ValidityPeriod')).toBe(String(expected));
    expect(seen.get('StatusCallback')).toMatch(/^https:\/\/recall\.example\.com\/webhooks\/twilio\?d=[0-9a-f-]{36}$/);
  });
});

describe('SMS, reconcile', () => {
  it('finds an accepted message whose answer was lost, also after the stand-in restarted', async () => {
    const sms = anSms('+8613800138001');
    standIns.faults.next('twilio', { act: 'hang', accepted: true });
    const since = new Date();
    expect((await channel.send(sms, anIntent())).kind).toBe('unknown');
    const [acceptance] = await standIns.accepted(sms.deliveryId);
    const query = { deliveryId: sms.deliveryId, to: '+8613800138001', since };
    expect(await channel.reconcile(query)).toEqual({ kind: 'accepted', providerId: acceptance?.id });
    const { folder } = standIns;
    const again = await startStandIns({ host: '127.0.0.1', smtpPort: 0, httpPort: 0, folder });
    expect(await aChannel(again.httpPort).reconcile(query)).toMatchObject({ kind: 'accepted' });
    await again.stop();
  });

  it('does not find what was never accepted, whatever else went to that number', async () => {
    const to = '+8613800138002';
    await channel.send(anSms(to), anIntent());
    const lost = anSms(to);
    standIns.faults.next('twilio', { act: 'hang' });
    expect((await channel.send(lost, anIntent())).kind).toBe('unknown');
    const query = { deliveryId: lost.deliveryId, to, since: new Date(Date.now() - 60_000) };
    expect(await channel.reconcile(query)).toEqual({ kind: 'not_found' });
  });

  it('throws where Twilio cannot be asked', async () => {
    const query = { deliveryId: anSms().deliveryId, to: '+8613800138003', since: new Date() };
    await expect(aChannel(await freePort()).reconcile(query)).rejects.toThrow('could not be asked');
  });

  it('check says what to do', async () => {
    await expect(channel.check()).resolves.toBeUndefined();
    await expect(aChannel(await freePort()).check()).rejects.toMatchObject({
      fix: 'start the stand-ins with `recallwave start`',
    });
  });
});

/** The form of the one request that `work` sends. */
async function recordRequest(work: (port: number) => Promise<void>): Promise<URLSearchParams> {
  const { createServer } = await import('node:http');
  let seen = new URLSearchParams();
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      seen = new URLSearchParams(body);
      response.writeHead(201, { 'Content-Type': 'application/json' }).end('{"sid":"SM1"}');
    });
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  await work(port);
  server.closeAllConnections();
  server.close();
  return seen;
}
