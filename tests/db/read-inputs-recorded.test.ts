import { beforeEach, expect, test } from 'vitest';
import { loadReadInputs } from '../../src/db/queries/read-inputs/load-read-inputs.ts';
import { findRead, insertRead, listReads } from '../../src/db/queries/reads.ts';
import type { ReadInputs } from '../../src/domain/read-inputs.ts';
import type { CampaignRead } from '../../src/domain/read.ts';
import { freshDatabase } from '../support/database.ts';
import { ReadWorld } from '../support/read-world.ts';
import { aCampaign, hoursAfter, NOON } from '../support/world.ts';

const { db } = await freshDatabase();
const LATER = hoursAfter(NOON, 20 * 24);
let world: ReadWorld;
let importNo: number;

beforeEach(async () => {
  await db.raw(
    'truncate users, warnings, events, entries, ways, messages, waves, campaigns, imports, recorded_outcomes cascade',
  );
  world = new ReadWorld(db);
  const log = {
    kind: 'recorded',
    source: 'test',
    accepted: 0,
    changed: 0,
    rejected: 0,
    actor: 'test',
    started_at: NOON,
  };
  importNo = ((await db('imports').insert(log).returning('import_no')) as { import_no: number }[])[0]?.import_no ?? 0;
});

interface RecordedFields {
  arm?: string | null;
  segment?: string;
  /** Of the arm among the treated, as the import works it out. */
  pArm?: number;
  pHoldout?: number;
  /** Whether the file had a probability column. */
  given?: boolean;
  /** [count, minor units] by type. */
  outcomes?: Record<string, [number, number | null]>;
}

/** An entry of a recorded experiment with its outcomes. */
async function recorded(fields: RecordedFields): Promise<void> {
  const { segment = 'shopper', given = true, arm = 'mail' } = fields;
  const row = {
    import_no: importNo,
    user_id: 'someone',
    segment,
    score: 0.7,
    arm: arm ?? 'holdout',
    assigned_at: NOON,
    contacted: arm !== null,
  };
  const count = await db('recorded_assignments').count('* as n').first<{ n: string }>();
  const [assigned] = (await db('recorded_assignments')
    .insert({ ...row, user_id: `r${count.n}`, probability: given ? 0.5 : null })
    .returning('recorded_no')) as { recorded_no: number }[];
  const columns = {
    recorded_no: assigned?.recorded_no,
    policy_version: 0,
    p_holdout: fields.pHoldout ?? 0.5,
    p_treat: 1,
    p_arm: arm === null ? null : (fields.pArm ?? 1),
  };
  const { entryNo } = await world.entered({
    segment,
    columns,
    ...(arm === null ? { assignment: 'holdout' } : { arm }),
  });
  for (const [type, [times, value]] of Object.entries(fields.outcomes ?? {})) {
    await db('recorded_outcomes').insert({ entry_no: entryNo, type, count: times, value_minor: value });
  }
}

const load = (by: 'segment' | 'channel' | null = null): Promise<ReadInputs> =>
  loadReadInputs(db, { campaignId: 'winback', asOf: LATER, by });

test('a recorded experiment is read by the outcomes of its file, and by no others', async () => {
  await aCampaign(db, { goal: { event: 'visit' }, returnEvents: ['purchase'] });
  await recorded({ outcomes: { visit: [1, null], conversion: [1, null], spend: [1, 2500] } });
  await recorded({ outcomes: { visit: [0, null], conversion: [0, null], spend: [0, 0] } });
  await recorded({ arm: null, outcomes: { visit: [3, null] } });
  const inputs = await load();
  expect(inputs.metrics.map(({ id, kind, role, capMinor }) => [id, kind, role, capMinor])).toEqual([
    ['goal', 'rate', 'goal', null],
    ['conversion', 'rate', 'secondary', null],
    ['spend', 'mean', 'secondary', 2500],
  ]);
  expect(inputs.cells.map(({ group, entries, metrics }) => [group, entries, metrics])).toEqual([
    [
      'holdout',
      1,
      {
        goal: { converted: 1, sum: 1, m2: 0 },
        conversion: { converted: 0, sum: 0, m2: 0 },
        spend: { converted: 0, sum: 0, m2: 0 },
      },
    ],
    [
      'mail',
      2,
      {
        goal: { converted: 1, sum: 1, m2: 0.5 },
        conversion: { converted: 1, sum: 1, m2: 0.5 },
        spend: { converted: 1, sum: 2500, m2: 3_125_000 },
      },
    ],
  ]);
});

test('beside live entries, a cell has only what its own data measure', async () => {
  await aCampaign(db);
  await recorded({ outcomes: { purchase: [1, null], clicks: [1, null] } });
  const { userNo } = await world.entered();
  await world.event(userNo, { at: hoursAfter(NOON, 1), type: 'visit' });
  const inputs = await load();
  const measured = inputs.cells.map(({ stratum, metrics }) => [inputs.strata[stratum]?.source, Object.keys(metrics)]);
  expect(Object.fromEntries(measured)).toEqual({
    live: ['goal', 'returned', 'unsubscribe', 'complaint', 'refund'],
    recorded: ['goal', 'clicks'],
  });
});

test('strata of a recorded experiment are the cells whose probabilities differ, wherever those come from', async () => {
  await aCampaign(db);
  for (const segment of ['shopper', 'gamer', 'vip']) {
    const pArm = segment === 'vip' ? 0.3 : 0.75;
    await recorded({ segment, pArm });
    if (segment !== 'gamer') await recorded({ segment, arm: 'usual', pArm: 1 - pArm });
    await recorded({ segment, arm: null });
  }
  await recorded({ given: false, pArm: 0.8 });
  await recorded({ given: false, arm: 'usual', pArm: 0.2 });
  const inputs = await load('channel');
  const designs = inputs.strata.map(({ armShares, designFrom }) => [designFrom, armShares.mail, armShares.usual]);
  // Nobody of the gamers got `usual` by chance: its share is what `mail` leaves.
  expect(designs).toEqual([
    ['probability_column', expect.closeTo(0.75, 12), expect.closeTo(0.25, 12)],
    ['campaign_file', expect.closeTo(0.8, 12), expect.closeTo(0.2, 12)],
    ['probability_column', expect.closeTo(0.3, 12), expect.closeTo(0.7, 12)],
  ]);
  const entries = (stratum: number, slice: string | null): number =>
    inputs.cells
      .filter((cell) => cell.stratum === stratum && cell.slice === slice)
      .reduce((sum, cell) => sum + cell.entries, 0);
  expect([0, 1, 2].map((stratum) => entries(stratum, null))).toEqual([5, 2, 3]);
  expect([0, 1, 2].map((stratum) => entries(stratum, 'recorded'))).toEqual([5, 2, 3]);
});

test('a stored read comes back with its aggregates to the digit, and never changes', async () => {
  await aCampaign(db, { goal: { event: 'purchase', value: 'revenue' } });
  for (const value of [1, 10, 3333]) {
    const { userNo } = await world.entered();
    await world.event(userNo, { at: hoursAfter(NOON, 1), value });
  }
  const inputs = await load('segment');
  const result = { verdict: { decision: 'cant_tell', sentence: 'Three entries are too few.' } } as CampaignRead;
  const readNo = await insertRead(db, { campaignId: 'winback', asOf: LATER, inputs, result, actor: 'ann' });
  expect(await findRead(db, readNo)).toMatchObject({
    readNo,
    campaignId: 'winback',
    asOf: LATER,
    inputs,
    result,
    actor: 'ann',
  });
  expect(await listReads(db, 'winback', 5)).toMatchObject([
    { readNo, decision: 'cant_tell', sentence: 'Three entries are too few.', actor: 'ann' },
  ]);
  expect(await findRead(db, readNo + 1)).toBeNull();
  await expect(db('reads').update({ actor: 'bob' })).rejects.toThrow('immutable');
});
