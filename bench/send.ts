import { fileURLToPath } from 'node:url';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Handlebars from 'handlebars';
import type { Knex } from 'knex';
import nodemailer from 'nodemailer';
import { createDeliveryActivities } from '../src/activities/delivery.ts';
import { createEmailChannel } from '../src/channels/email/email-channel.ts';
import { startStandIns } from '../src/channels/stand-ins/index.ts';
import { connect } from '../src/db/connect.ts';
import { activityRunner } from '../tests/support/chaos/activity-context.ts';
import { freePort } from '../tests/support/ports.ts';
import { aFullWave, aSendableCampaign } from '../tests/support/sendable-wave.ts';
import { median, type BenchResult } from './figures.ts';

/** A tool of the machine, not of the project. */
const GO = process.env['GO'] ?? 'go';
const SINK_SOURCE = fileURLToPath(new URL('../../shared/bench-references/sink', import.meta.url));
const MESSAGES = 8_000;
const WARM_UP = 1_000;
const RUNS = 3;
/** Of both sides. */
const CONNECTIONS = 20;
/** As the delivery workflow hands them out. */
const RANGE = 4_000;

const FILLER = 'Lorem ipsum dolor sit amet, consectetur adipiscing elit. '.repeat(20);
const HTML = `<!doctype html><html><head><meta charset="utf-8"><title>We miss you</title></head><body style="margin:0">
<table width="600" align="center"><tr><td style="padding:24px"><h1>We saved your place, {{user.firstName}}</h1>
<p>It has been {{user.daysAway}} days since you last came. Here is what is new:</p><ul>
{{#each warning.reasons}}<li>{{this}}</li>{{/each}}</ul><p>Nothing more to do: your {{user.plan}} plan is waiting. ${FILLER}</p>
<p style="font-size:12px">{{company.name}}, {{company.postalAddress}} <a href="{{unsubscribeUrl}}">Unsubscribe</a></p>
</td></tr></table></body></html>`;
const TEXT = `We saved your place, {{user.firstName}}. It has been {{user.daysAway}} days.\nUnsubscribe: {{unsubscribeUrl}}\n`;

interface Sink {
  port: number;
  name: string;
  stop(): Promise<void>;
}

/** Messages per second of both sides over the same sink, alternating in one run. */
export async function benchSend(url: string): Promise<BenchResult> {
  const sink = await startSink();
  const db = connect(url, { max: 40 });
  try {
    const ours: number[] = [];
    const bare: number[] = [];
    await bareLoop(sink.port, WARM_UP);
    await delivery(db, sink.port, WARM_UP);
    for (let run = 0; run < RUNS; run++) {
      bare.push(await bareLoop(sink.port, MESSAGES));
      ours.push(await delivery(db, sink.port, MESSAGES));
    }
    const value = median(ours);
    const reference = median(bare);
    const ratio = value / reference;
    const figure = `e-mails per second, everything recorded (${sink.name}), against a bare nodemailer loop`;
    return { figure, value, reference, ratio, target: '>= 0.85', met: ratio >= 0.85 };
  } finally {
    await db.destroy();
    await sink.stop();
  }
}

/** nodemailer as its manual shows it for many mails: a pool, rendered texts, the unsubscribe headers. */
async function bareLoop(port: number, messages: number): Promise<number> {
  const html = Handlebars.compile(HTML);
  const text = Handlebars.compile(TEXT, { noEscape: true });
  const transport = nodemailer.createTransport({
    pool: true,
    host: '127.0.0.1',
    port,
    secure: false,
    ignoreTLS: true,
    maxConnections: CONNECTIONS,
    maxMessages: Infinity,
  });
  let next = 0;
  const one = async (): Promise<void> => {
    for (let i = next++; i < messages; i = next++) {
      const facts = {
        user: { firstName: `User ${i}`, daysAway: i % 90, plan: 'Pro' },
        warning: { reasons: ['price'] },
        company: { name: 'Example Company', postalAddress: '1 Example Street' },
        unsubscribeUrl: `https://t.example.com/u/${i}`,
      };
      await transport.sendMail({
        from: 'Example Company <hello@example.com>',
        to: { name: '', address: `user${i}@example.test` },
        subject: 'We miss you',
        html: html(facts),
        text: text(facts),
        messageId: `<${i}.w1@example.com>`,
        headers: {
          'List-Unsubscribe': `<${facts.unsubscribeUrl}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        },
      });
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS * 4 }, one));
  const seconds = (performance.now() - started) / 1000;
  transport.close();
  return messages / seconds;
}

let serial = 0;

/** The delivery activities as the workflow drives them, from due rows to recorded acceptances. */
async function delivery(db: Knex, port: number, messages: number): Promise<number> {
  const { waveNo, messageNos } = await aWave(db, messages);
  const channel = createEmailChannel({
    endpoint: {
      host: '127.0.0.1',
      port,
      secure: false,
      requireTLS: false,
      ignoreTLS: true,
      auth: undefined,
      name: 'bench.localhost',
      bounce: undefined,
    },
    standIn: true,
    concurrency: CONNECTIONS,
  });
  const activities = createDeliveryActivities({
    db,
    channels: new Map([['email', channel]]),
    config: {
      publicUrl: 'https://t.example.com',
      linkSecret: 's'.repeat(32),
      leaseSeconds: 60,
      operatorWebhook: undefined,
    },
    now: () => new Date(),
    logger: { info: () => {}, warn: console.error, error: console.error },
  });
  const part = { waveNo, step: 1, channel: 'email' as const };
  const runner = activityRunner();
  const started = performance.now();
  const { ranges } = await runner.run(() => activities.findDueRanges({ ...part, size: RANGE, limit: 24 }));
  const done = await Promise.all(
    ranges.map((range) => runner.run(() => activities.deliverRange({ ...part, ...range }))),
  );
  const seconds = (performance.now() - started) / 1000;
  await channel.close();
  const accepted = done.reduce((sum, counts) => sum + counts.accepted, 0);
  if (accepted !== messageNos.length) throw new Error(`${accepted} of ${messageNos.length} messages were accepted`);
  return messages / seconds;
}

/** Users with attributes and an older message each, so that caps have something to count. */
async function aWave(db: Knex, messages: number): Promise<Awaited<ReturnType<typeof aFullWave>>> {
  const campaignId = await aSendableCampaign(
    db,
    { campaign: `bench-send-${++serial}`, name: { en: 'Bench' } },
    { email: { en: { subject: 'We miss you', html: HTML, text: TEXT } } },
  );
  const wave = await aFullWave(db, { campaignId, users: messages });
  await db.raw(
    `update users set attributes = jsonb_build_object('firstName', 'User ' || user_no, 'daysAway', user_no % 90, 'plan', 'Pro')
     where user_no in (select user_no from messages where wave_no = ?)`,
    [wave.waveNo],
  );
  await db.raw(
    `insert into contacts (user_no, channel, category, sent_at, actor)
     select user_no, 'email', 'winback', now() - interval '3 days', 'bench' from messages where wave_no = ?`,
    [wave.waveNo],
  );
  for (const table of ['users', 'messages', 'entries', 'warnings', 'contacts']) await db.raw(`vacuum analyze ${table}`);
  return wave;
}

/** The Go sink where it can be built, else the stand-in, which is slower than both sides and so hides their difference. */
async function startSink(): Promise<Sink> {
  const folder = await mkdtemp(join(tmpdir(), 'recallwave-sink-'));
  const binary = join(folder, 'sink');
  if (!existsSync(SINK_SOURCE) || !build(binary)) {
    process.stderr.write('no Go or no shared sink: measuring against the stand-in\n');
    const standIns = await startStandIns({ host: '127.0.0.1', smtpPort: 0, httpPort: 0, folder });
    return { port: standIns.smtpPort, name: 'stand-in', stop: () => standIns.stop() };
  }
  const [port, httpPort] = [await freePort(), await freePort()];
  const child = spawn(binary, ['-smtp', `127.0.0.1:${port}`, '-http', `127.0.0.1:${httpPort}`], { stdio: 'ignore' });
  await listening(port);
  return { port, name: 'Go sink', stop: () => stopSink(child, folder) };
}

function build(binary: string): boolean {
  try {
    execFileSync(GO, ['build', '-o', binary, '.'], { cwd: SINK_SOURCE, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function stopSink(child: ChildProcess, folder: string): Promise<void> {
  child.kill();
  await once(child, 'exit');
  await rm(folder, { recursive: true, force: true });
}

async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connectTcp(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (open) return;
    await delay(20);
  }
  throw new Error('the sink does not listen');
}
