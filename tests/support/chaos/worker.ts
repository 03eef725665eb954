import { setTimeout as delay } from 'node:timers/promises';
import { createDeliveryActivities } from '../../../src/activities/delivery.ts';
import type { Channel } from '../../../src/channels/channel.ts';
import { createEmailChannel } from '../../../src/channels/email/email-channel.ts';
import { connect } from '../../../src/db/connect.ts';
import { RETRY } from '../../../src/policy/retry.ts';
import type { ChannelName } from '../../../src/domain/words.ts';
import { activityRunner } from './activity-context.ts';
import { killAt } from './fault-points.ts';

/** What a chaos worker is told, as JSON in CHAOS_WORKER. */
export interface WorkerOrders {
  databaseUrl: string;
  smtpPort: number;
  httpPort: number;
  parts: { waveNo: number; step: number; channel: ChannelName }[];
  leaseSeconds: number;
  concurrency: number;
  rangeSize: number;
  /** `name:n`: SIGKILL at the n-th hit. */
  faultPoint?: string;
}

const orders = JSON.parse(process.env['CHAOS_WORKER'] ?? '{}') as WorkerOrders;
const runner = activityRunner();
let stopping = false;
process.once('SIGTERM', () => {
  stopping = true;
  runner.shutDown();
});

const db = connect(orders.databaseUrl, { max: 12 });
const log = (fields: object, text: string): void => {
  const { err, ...rest } = fields as { err?: { code?: string; name?: string } };
  process.stderr.write(`${JSON.stringify({ pid: process.pid, text, ...rest, err: err && (err.code ?? err.name) })}\n`);
};
const activities = createDeliveryActivities({
  db,
  channels: new Map<ChannelName, Channel>([
    ['email', email()],
    ...(orders.parts.some((part) => part.channel === 'sms') ? [['sms', await sms()] as const] : []),
  ]),
  config: {
    publicUrl: 'http://127.0.0.1:9',
    linkSecret: 's'.repeat(32),
    leaseSeconds: orders.leaseSeconds,
    operatorWebhook: undefined,
  },
  now: () => new Date(),
  logger: { info: () => {}, warn: log, error: log },
  fault: killAt(orders.faultPoint, orders.smtpPort),
  retry: { ...RETRY, baseMs: 200, maxMs: 2_000 },
});

function email(): Channel {
  const host = '127.0.0.1';
  return createEmailChannel({
    endpoint: {
      host,
      port: orders.smtpPort,
      secure: false,
      requireTLS: false,
      ignoreTLS: true,
      auth: undefined,
      name: 'chaos.localhost',
      bounce: undefined,
    },
    standIn: true,
    concurrency: orders.concurrency,
    timeouts: { connect: 2_000, greeting: 2_000, socket: 2_000 },
  });
}

async function sms(): Promise<Channel> {
  const { createSmsChannel } = await import('../../../src/channels/sms/sms-channel.ts');
  return createSmsChannel({
    accountSid: `AC${'0'.repeat(32)}`,
    authToken: 'chaos',
    from: '+15005550006',
    messagingServiceSid: undefined,
    standInUrl: `http://127.0.0.1:${orders.httpPort}`,
    publicUrl: 'http://127.0.0.1:9',
    concurrency: orders.concurrency,
    timeoutMs: 1_000,
  });
}

/** One part as the delivery workflow drives it; ends when nothing is open and asking about unknowns brings no more. */
async function drive(part: WorkerOrders['parts'][number]): Promise<void> {
  while (!stopping) {
    const look = await runner.run(() => activities.findDueRanges({ ...part, size: orders.rangeSize, limit: 4 }));
    await Promise.all(look.ranges.map((range) => runner.run(() => activities.deliverRange({ ...part, ...range }))));
    if (look.ranges.length > 0) continue;
    if (look.nextDueAt !== null) {
      await delay(Math.min(Math.max(Date.parse(look.nextDueAt) - Date.now(), 20), 500));
      continue;
    }
    const asked = await runner.run(() => activities.reconcileUnknown(part));
    if (asked.settled === 0 && asked.againAt === null) return;
    await delay(100);
  }
}

/** Temporal runs a failed activity again. */
async function driveOn(part: WorkerOrders['parts'][number]): Promise<void> {
  while (!stopping) {
    try {
      return await drive(part);
    } catch (error) {
      if (!stopping) log({ err: error }, 'an activity failed');
      await delay(100);
    }
  }
}

process.stdout.write('ready\n');
await Promise.all(orders.parts.map(driveOn));
process.exit(0);
