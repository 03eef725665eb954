import { spawn } from 'node:child_process';
import { appendFile, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createChannels } from '../../src/channels/create.ts';
import { readAcceptances } from '../../src/channels/stand-ins/acceptances.ts';
import { createFaults } from '../../src/channels/stand-ins/faults.ts';
import { openInbox, readInbox } from '../../src/channels/stand-ins/inbox.ts';
import { STAND_IN_PUSH_KEYS } from '../../src/channels/stand-ins/push-keys.ts';
import { openMail } from '../../src/channels/stand-ins/read-mail.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { anEmail, anEmailChannel, anEnvelope, anIntent, runningStandIns } from '../support/channels.ts';

const standIns = await runningStandIns();
afterEach(() => standIns.faults.clear());

function aConfig(environment: Record<string, string> = {}) {
  return readConfig({
    RECALLWAVE_HOME: standIns.folder,
    STANDIN_SMTP_PORT: String(standIns.smtpPort),
    STANDIN_HTTP_PORT: String(standIns.httpPort),
    ...environment,
  });
}

async function channelsOf(config: ReturnType<typeof aConfig>, tasks: string[] = []) {
  const channels = await createChannels({
    config,
    tasks: {
      insertTask: async ({ title }) => {
        tasks.push(title);
        return '77';
      },
    },
  });
  afterAll(async () => {
    for (const channel of channels.values()) await channel.close();
  });
  return channels;
}

describe('channels by configuration', () => {
  it('go to the stand-ins without credentials, and all answer', async () => {
    const channels = await channelsOf(aConfig());
    expect([...channels.keys()]).toEqual(['email', 'sms', 'push', 'task']);
    for (const channel of channels.values()) await expect(channel.check()).resolves.toBeUndefined();
    const email = anEmail();
    const sms = anEnvelope({ channel: 'sms', to: '+8613800138000', text: 'hi' });
    const subscription = {
      subscriptionNo: 1,
      kind: 'webpush' as const,
      endpoint: 'https://web.push.apple.com/x',
      ...STAND_IN_PUSH_KEYS,
    };
    const push = anEnvelope({
      channel: 'push',
      subscriptions: [subscription],
      title: 't',
      body: 'b',
      url: 'https://e.com',
    });
    for (const [name, envelope] of [
      ['email', email],
      ['sms', sms],
      ['push', push],
    ] as const) {
      expect(await channels.get(name)?.send(envelope, anIntent())).toMatchObject({ kind: 'accepted' });
      expect(await standIns.accepted(envelope.deliveryId)).toHaveLength(1);
    }
  });

  it('stay with the stand-ins when there are credentials but no live', async () => {
    const channels = await channelsOf(
      aConfig({
        SMTP_URL: 'smtp://u:p@mail.example.com',
        TWILIO_ACCOUNT_SID: `AC${'2'.repeat(32)}`,
        TWILIO_AUTH_TOKEN: 't',
        TWILIO_FROM: '+15005550006',
      }),
    );
    expect(channels.get('email')?.standIn).toBe(true);
    expect(channels.get('sms')?.standIn).toBe(true);
    expect(await channels.get('email')?.send(anEmail(), anIntent())).toMatchObject({ kind: 'accepted' });
  });

  it('leave the machine only where live and credentials are both there', async () => {
    const channels = await channelsOf(aConfig({ SMTP_URL: 'smtp://u:p@mail.example.com', RECALLWAVE_LIVE: '1' }));
    expect(channels.get('email')?.standIn).toBe(false);
    expect(channels.get('sms')?.standIn).toBe(true);
    expect(channels.get('push')?.standIn).toBe(true);
  });

  it('store a task once the intent is committed', async () => {
    const tasks: string[] = [];
    const task = (await channelsOf(aConfig(), tasks)).get('task');
    const envelope = anEnvelope({ channel: 'task', title: 'call', body: 'please', dueAt: new Date() });
    expect(await task?.send(envelope, anIntent(false))).toEqual({ kind: 'withdrawn' });
    expect(tasks).toEqual([]);
    expect(await task?.send(envelope, anIntent())).toEqual({ kind: 'accepted', providerId: '77' });
    expect(tasks).toEqual(['call']);
  });
});

describe('the stand-ins’ record', () => {
  it('holds an acceptance before its answer is out', async () => {
    standIns.faults.next('smtp', { delayMs: 300 });
    const mail = anEmail();
    const sending = anEmailChannel(standIns.smtpPort).send(mail, anIntent());
    const answered = { yet: false };
    void sending.then(() => (answered.yet = true));
    await expect.poll(() => standIns.accepted(mail.deliveryId), { interval: 20 }).toHaveLength(1);
    expect(answered.yet).toBe(false);
    await sending;
  });

  it('is read whole although its last line is cut', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'recallwave-log-')), 'acceptances.jsonl');
    expect(await readAcceptances(file)).toEqual([]);
    const line = { at: new Date().toISOString(), channel: 'sms', deliveryId: null, id: 'SM1', to: '+1', bytes: 2 };
    await appendFile(file, `${JSON.stringify(line)}\n{"at":"2026`);
    expect(await readAcceptances(file)).toEqual([line]);
  });

  it('shows an e-mail as it was meant', async () => {
    const mail = anEmail('li@example.net', { subject: '欢迎回来', text: '你好\n', html: '<p>你好</p>' });
    await anEmailChannel(standIns.smtpPort).send(mail, anIntent());
    const match = (one: { deliveryId: string | null }) => one.deliveryId === mail.deliveryId;
    await expect.poll(() => readInbox(standIns.folder, { match })).toHaveLength(1);
    const [message] = await readInbox(standIns.folder, { match });
    expect(await openMail(message?.source ?? '')).toMatchObject({
      from: 'Example Company <hello@example.com>',
      to: 'Li <li@example.net>',
      subject: '欢迎回来',
      text: '你好\n',
    });
  });

  it('lists the newest first and stops at the limit', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'recallwave-inbox-'));
    const inbox = await openInbox(folder);
    for (const to of ['a', 'b', 'c']) inbox.add({ at: '2026-03-01', channel: 'sms', deliveryId: null, to });
    await inbox.close();
    expect((await readInbox(folder, { limit: 2 })).map((one) => one.to)).toEqual(['c', 'b']);
  });
});

describe('faults', () => {
  it('strike a recipient pattern, a number of times', () => {
    const faults = createFaults();
    faults.next('smtp', { at: 'rcpt', reply: '450 later', to: '@slow\\.', times: 2 });
    expect(faults.take('smtp', 'rcpt', 'a@fast.example')).toBeUndefined();
    expect(faults.take('smtp', 'mail', 'a@slow.example')).toBeUndefined();
    expect(faults.take('smtp', 'rcpt', 'a@slow.example')).toBeDefined();
    expect(faults.take('smtp', 'rcpt', 'b@slow.example')).toBeDefined();
    expect(faults.take('smtp', 'rcpt', 'c@slow.example')).toBeUndefined();
  });

  it('strike a share of the messages, the same ones for a seed', () => {
    const draw = (seed: number) => {
      const faults = createFaults();
      faults.next('twilio', { status: 500, probability: 0.3, seed });
      return Array.from({ length: 2000 }, () => faults.take('twilio', 'request', '+1') !== undefined);
    };
    const share = draw(7).filter(Boolean).length / 2000;
    expect(share).toBeGreaterThan(0.26);
    expect(share).toBeLessThan(0.34);
    expect(draw(7)).toEqual(draw(7));
    expect(draw(8)).not.toEqual(draw(7));
  });

  it('are programmed by HTTP in a stand-in of another process, which keeps its record when it ends', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'recallwave-child-'));
    const main = fileURLToPath(new URL('../../src/channels/stand-ins/main.ts', import.meta.url));
    const child = spawn(process.execPath, ['--import', 'tsx', main, '--folder', folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ports = JSON.parse(
      await new Promise<string>((resolve) => child.stdout.once('data', (data: Buffer) => resolve(data.toString()))),
    ) as {
      smtpPort: number;
      httpPort: number;
      acceptancesFile: string;
    };
    const control = (fault: object) =>
      fetch(`http://127.0.0.1:${ports.httpPort}/_faults`, { method: 'POST', body: JSON.stringify(fault) });
    expect((await control({ service: 'smtp', reply: '451 4.3.0 later' })).status).toBe(204);
    expect((await control({ service: 'nothing' })).status).toBe(400);
    const channel = anEmailChannel(ports.smtpPort);
    expect((await channel.send(anEmail(), anIntent())).kind).toBe('retry');
    const mail = anEmail();
    expect((await channel.send(mail, anIntent())).kind).toBe('accepted');
    child.kill('SIGKILL');
    expect(await readAcceptances(ports.acceptancesFile)).toMatchObject([{ deliveryId: mail.deliveryId }]);
  });
});
