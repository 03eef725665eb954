import { MockActivityEnvironment } from '@temporalio/testing';
import { beforeEach, expect, test } from 'vitest';
import { createDeliveryActivities, type DeliveryDeps } from '../../src/activities/delivery.ts';
import type { DeliveryActivities } from '../../src/activities/contract.ts';
import { freshDatabase } from '../support/database.ts';
import { fakeChannel, type FakeChannel } from '../support/fake-channel.ts';
import { aFullWave, aSendableCampaign } from '../support/sendable-wave.ts';

const { db } = await freshDatabase();
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
let serial = 0;
let channel: FakeChannel;

beforeEach(() => {
  channel = fakeChannel();
});

function activities(overrides: Partial<DeliveryDeps> = {}): DeliveryActivities {
  return createDeliveryActivities({
    db,
    channels: new Map([[channel.name, channel]]),
    config: {
      publicUrl: 'http://127.0.0.1:9',
      linkSecret: 's'.repeat(32),
      leaseSeconds: 5,
      operatorWebhook: undefined,
    },
    now: () => new Date(),
    logger: quiet,
    ...overrides,
  });
}

function inActivity<A extends unknown[], R>(fn: (...args: A) => Promise<R>, ...args: A): Promise<R> {
  return new MockActivityEnvironment().run(fn, ...args) as Promise<R>;
}

async function aWaveOf(users: number, fields: { costMinor?: number; campaign?: object } = {}) {
  const campaignId = await aSendableCampaign(db, { campaign: `c${++serial}`, ...fields.campaign });
  const { costMinor = 0 } = fields;
  const wave = await aFullWave(db, { campaignId, users, channel: channel.name, costMinor });
  const part = { waveNo: wave.waveNo, step: 1, channel: channel.name };
  return { ...wave, campaignId, part, all: { ...part, from: 0, to: 1e12 } };
}

async function statesOf(waveNo: number): Promise<Record<string, number>> {
  const rows = await db('messages').where({ wave_no: waveNo }).groupBy('state').select('state').count('* as n');
  return Object.fromEntries(rows.map((row) => [row['state'], Number(row['n'])]));
}

test('sends every due message once, with provider id and the time of acceptance', async () => {
  const wave = await aWaveOf(600);
  const counts = await inActivity(activities().deliverRange, wave.all);
  expect(counts).toMatchObject({ accepted: 600, open: 0 });
  expect(new Set(channel.accepted.map((envelope) => envelope.deliveryId)).size).toBe(600);
  const [row] = await db('messages').where({ wave_no: wave.waveNo }).limit(1);
  expect(row).toMatchObject({ state: 'ACCEPTED', provider: 'smtp', provider_id: `id-${row.message_no}`, owner: null });
  expect(row.counted_at).toEqual(row.accepted_at);
});
