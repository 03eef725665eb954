import { MockActivityEnvironment } from '@temporalio/testing';
import type { Knex } from 'knex';
import type { DeliveryActivities } from '../../src/activities/contract.ts';
import { createDeliveryActivities, type DeliveryDeps } from '../../src/activities/delivery.ts';
import type { ChannelName } from '../../src/domain/words.ts';
import type { FakeChannel } from './fake-channel.ts';
import { aFullWave, aSendableCampaign } from './sendable-wave.ts';

const SILENT = { info: () => {}, warn: () => {}, error: () => {} };

/** What deliveries read of the configuration, with a lease of five seconds. */
export const DELIVERY_CONFIG = {
  publicUrl: 'http://127.0.0.1:9',
  linkSecret: 's'.repeat(32),
  leaseSeconds: 5,
  operatorWebhook: undefined,
};

/** Delivery activities over one fake channel. */
export function deliveriesOver(
  db: Knex,
  channel: FakeChannel,
  overrides: Partial<DeliveryDeps> = {},
): DeliveryActivities {
  return createDeliveryActivities({
    db,
    channels: new Map([[channel.name, channel]]),
    config: DELIVERY_CONFIG,
    now: () => new Date(),
    logger: SILENT,
    ...overrides,
  });
}

/** Runs an activity as a worker would. */
export function inActivity<A extends unknown[], R>(activity: (...args: A) => Promise<R>, ...args: A): Promise<R> {
  return new MockActivityEnvironment().run(activity, ...args) as Promise<R>;
}

let serial = 0;

/** A wave of a campaign of its own with due messages, and the inputs that the activities take. */
export async function aDueWave(
  db: Knex,
  fields: { users: number; channel?: ChannelName; costMinor?: number; campaign?: object },
) {
  const { users, channel = 'email', costMinor = 0, campaign = {} } = fields;
  const campaignId = await aSendableCampaign(db, { campaign: `c${++serial}`, ...campaign });
  const wave = await aFullWave(db, { campaignId, users, channel, costMinor });
  const part = { waveNo: wave.waveNo, step: 1, channel };
  return { ...wave, campaignId, part, all: { ...part, from: 0, to: Number.MAX_SAFE_INTEGER } };
}

/** Number of messages of a wave by state. */
export async function statesOf(db: Knex, waveNo: number): Promise<Record<string, number>> {
  const rows = await db('messages').where({ wave_no: waveNo }).groupBy('state').select('state').count('* as n');
  return Object.fromEntries(rows.map((row) => [row['state'], Number(row['n'])]));
}
