import { expect, test } from 'vitest';
import { loadEvidence } from '../../src/db/queries/evidence.ts';
import { loadReadInputs } from '../../src/db/queries/read-inputs/load-read-inputs.ts';
import type { Campaign } from '../../src/domain/campaign.schema.ts';
import type { ReadInputs } from '../../src/domain/read-inputs.ts';
import type { Assignment } from '../../src/domain/words.ts';
import { freshDatabase } from '../support/database.ts';
import { ReadWorld } from '../support/read-world.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { aCampaign, aMessage, hoursAfter, NOON } from '../support/world.ts';

const { db } = await freshDatabase();

interface Event {
  type: string;
  at: Date;
  value: number | null;
  currency: string;
}

/** One entry as the reference sees it: plain values, no SQL. */
interface Entry {
  group: string;
  segment: string;
  band: number;
  inInterval: boolean;
  openedAt: Date;
  sent: number;
  events: Event[];
}

const TYPES = ['purchase', 'purchase', 'visit', 'play', 'unsubscribe', 'complaint', 'refund'];

/** A world of 160 entries by 120 users, some of them with two entries, and their events before, in and after the windows. */
async function randomWorld(seed: number, campaignId: string): Promise<Entry[]> {
  const random = seededRandom(seed);
  const world = new ReadWorld(db, campaignId);
  const entries: Entry[] = [];
  for (let user = 0; user < 120; user++) {
    const events: Event[] = [];
    let userNo: number | undefined;
    for (let n = 0; n < (user % 3 === 0 ? 2 : 1); n++) {
      const openedAt = hoursAfter(NOON, 24 * (random.pick([0, 1, 2, 5, 9]) + 50 * n));
      const assignment: Assignment = random.pick(['arm', 'arm', 'arm', 'holdout', 'untreated', 'global_holdout']);
      const arm = random.pick(['mail', 'mail', 'usual']);
      const score = random.between(0.4, 1);
      const segment = random.pick(['shopper', 'vip']);
      const columns = { in_interval: score >= 0.5, p_treat: score >= 0.5 ? 0.9 : 0.05 };
      const entered = await world.entered({
        ...(userNo ? { userNo } : {}),
        openedAt,
        assignment,
        arm,
        score,
        segment,
        columns,
      });
      userNo = entered.userNo;
      const mailed = assignment === 'arm' && arm === 'mail' && random.chance(0.8);
      if (mailed) await aMessage(db, { ...entered, campaignId, state: 'DELIVERED' });
      const band = Math.min(11, Math.floor(score * 12));
      const group = assignment === 'arm' ? arm : assignment;
      entries.push({ group, segment, band, inInterval: score >= 0.5, openedAt, sent: mailed ? 10 : 0, events });
    }
    for (let event = 0; event < random.between(0, 6); event++) {
      const type = random.pick(TYPES);
      const value = type === 'purchase' || type === 'refund' ? Math.floor(random.between(1, 5000)) : null;
      const currency = random.chance(0.1) ? 'EUR' : 'USD';
      const at = hoursAfter(NOON, random.between(-10 * 24, 80 * 24));
      events.push({ type, at, value, currency });
      await world.event(userNo ?? 0, { type, at, currency, ...(value === null ? {} : { value }) });
    }
  }
  return entries;
}

const WINDOW_HOURS = 14 * 24;

function matureOnes(entries: readonly Entry[], asOf: Date): Entry[] {
  return entries.filter((entry) => hoursAfter(entry.openedAt, WINDOW_HOURS) <= asOf);
}

/** What the metrics of one entry are by the rules, computed the long way. */
function valuesOf(entry: Entry, campaign: Campaign): Record<string, number> {
  const inWindow = entry.events.filter(
    ({ at }) => at > entry.openedAt && at <= hoursAfter(entry.openedAt, WINDOW_HOURS),
  );
  const has = (...types: string[]): number => Number(inWindow.some(({ type }) => types.includes(type)));
  const amount = (type: string): number =>
    inWindow.filter((e) => e.type === type && e.currency === 'USD').reduce((sum, e) => sum + (e.value ?? 0), 0);
  const goals = inWindow.filter(({ type }) => type === 'purchase').length;
  const revenue = amount('purchase');
  const worth = campaign.goal.value === 'revenue' ? 0.4 * revenue : 2000 * goals;
  const used = entry.group === 'mail' && goals > 0;
  const net = worth - (used ? 300 : 0) - entry.sent - 500 * has('unsubscribe') - amount('refund');
  const goal =
    campaign.goal.value === 'revenue'
      ? { goal: revenue, conversion: has('purchase') }
      : { goal: has('purchase'), revenue };
  return {
    ...goal,
    returned: has('visit'),
    net_value: net,
    unsubscribe: has('unsubscribe'),
    complaint: has('complaint'),
    refund: amount('refund'),
  };
}

function expectSums(found: { converted: number; sum: number; m2: number }, values: readonly number[]): void {
  const sum = values.reduce((total, value) => total + value, 0);
  const mean = sum / values.length;
  expect(found.converted).toBe(values.filter((value) => value !== 0).length);
  expect(found.sum).toBeCloseTo(sum, 6);
  expect(found.m2).toBeCloseTo(
    values.reduce((total, value) => total + (value - mean) ** 2, 0),
    4,
  );
}

/** Every cell of a read against the entries that fall into it. */
function expectCells(inputs: ReadInputs, entries: readonly Entry[], campaign: Campaign): void {
  const whole = inputs.cells.filter((cell) => cell.slice === null);
  expect(whole.reduce((sum, cell) => sum + cell.entries, 0)).toBe(entries.length);
  for (const cell of inputs.cells) {
    const inInterval = inputs.strata[cell.stratum]?.inInterval;
    const own = entries.filter(
      (entry) =>
        entry.group === cell.group &&
        entry.inInterval === inInterval &&
        entry.openedAt.toISOString().startsWith(cell.day) &&
        (cell.slice === null || entry.segment === cell.slice),
    );
    expect(cell.entries).toBe(own.length);
    const values = own.map((entry) => valuesOf(entry, campaign));
    expect(Object.keys(cell.metrics).toSorted()).toEqual(Object.keys(values[0] ?? {}).toSorted());
    for (const [id, sums] of Object.entries(cell.metrics))
      expectSums(
        sums,
        values.map((value) => value[id] ?? Number.NaN),
      );
  }
}

const STEPS = [{ channels: ['email' as const], contents: {} }];

const worlds = ([1, 2, 3] as const).flatMap((seed) =>
  (['count', 'revenue'] as const).map((value) => ({ seed, value, campaignId: `world-${seed}-${value}` })),
);

test.for(worlds)(
  'read and evidence agree with the rules written out: $campaignId',
  async ({ seed, value, campaignId }) => {
    const { definition } = await aCampaign(db, {
      campaign: campaignId,
      goal: { event: 'purchase', value },
      costs: { email: 0.1, sms: 0, push: 0, task: 0, unsubscribe: 5, margin: value === 'count' ? 20 : 0.4 },
      actions: [
        {
          id: 'offer',
          kind: 'coupon',
          arms: [
            { id: 'mail', share: 0.8, steps: STEPS, offer: { cost: 3 } },
            { id: 'usual', share: 0.2, control: true },
          ],
        },
      ],
    });
    const entries = await randomWorld(seed, campaignId);
    const asOf = hoursAfter(NOON, (seed === 1 ? 90 : 66) * 24);
    const mature = matureOnes(entries, asOf);
    const inputs = await loadReadInputs(db, { campaignId, asOf, by: 'segment' });
    expectCells(inputs, mature, definition);
    expect(inputs.immature.reduce((sum, { entries: open }) => sum + open, 0)).toBe(
      entries.filter(({ openedAt }) => openedAt <= asOf).length - mature.length,
    );
    const evidence = await loadEvidence(db, { campaignId, asOf });
    expect(evidence.reduce((sum, cell) => sum + cell.entries, 0)).toBe(
      mature.filter(({ group }) => group !== 'global_holdout').length,
    );
    for (const cell of evidence) {
      const own = mature.filter(
        (entry) =>
          entry.segment === cell.segment &&
          entry.band === cell.band &&
          Math.floor((asOf.getTime() - entry.openedAt.getTime()) / 604_800_000) === cell.ageWeeks &&
          (entry.group === 'mail') === cell.treated &&
          entry.group !== 'global_holdout' &&
          // 0.9 of the campaign's entries, 0.9 or 0.05 of those treated, 0.8 of them in the arm that isn't a control.
          Math.abs(probabilityOf(entry) - cell.probability) < 1e-9,
      );
      expect(cell.entries).toBe(own.length);
      const nets = own.map((entry) => valuesOf(entry, definition).net_value ?? Number.NaN);
      expectSums({ converted: nets.filter((net) => net !== 0).length, sum: cell.netSum, m2: cell.netM2 }, nets);
    }
  },
);

function probabilityOf(entry: Entry): number {
  const treated = 0.9 * (entry.inInterval ? 0.9 : 0.05) * 0.8;
  return entry.group === 'mail' ? treated : 1 - treated;
}
