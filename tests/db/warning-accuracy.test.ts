import { expect, test } from 'vitest';
import { accuracyOfWarnings } from '../../src/app/warning-accuracy.ts';
import { loadAccuracyInputs } from '../../src/db/queries/warning-accuracy.ts';
import { type Judged, sumsOf } from '../support/accuracy.ts';
import { freshDatabase } from '../support/database.ts';
import { ReadWorld } from '../support/read-world.ts';
import { runCli } from '../support/run-cli.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { aCampaign, aMessage, hoursAfter, NOON } from '../support/world.ts';

const { db, url } = await freshDatabase();
const WINDOW = 14 * 24;
const ASOF = hoursAfter(NOON, 80 * 24);

interface Person extends Judged {
  segment: string;
  model: string;
  week: number;
  counted: boolean;
}

async function aWorld(campaignId: string): Promise<Person[]> {
  const random = seededRandom(11);
  const world = new ReadWorld(db, campaignId);
  const all: Person[] = [];
  for (let user = 0; user < 150; user++) {
    const week = random.pick([0, 1, 2, 10]);
    const openedAt = hoursAfter(NOON, week * 168);
    const score = Math.round(random.between(0.4, 1) * 50) / 50;
    const segment = random.pick(['shopper', 'vip']);
    const model = random.pick(['default', 'new']);
    const assignment = random.pick(['holdout', 'holdout', 'global_holdout', 'untreated', 'arm'] as const);
    const { userNo, entryNo } = await world.entered({ openedAt, score, segment, assignment });
    await db('warnings')
      .update({ model })
      .whereIn('warning_no', db('entries').select('warning_no').where({ entry_no: entryNo }));
    const at = random.pick([-1, 0, 1, WINDOW, WINDOW + 1, 9999]);
    await world.event(userNo, { type: 'visit', at: hoursAfter(openedAt, at) });
    await world.event(userNo, { type: 'purchase', at: hoursAfter(openedAt, 2) });
    const left = !(at > 0 && at <= WINDOW);
    const counted = assignment.endsWith('holdout') && week < 10;
    all.push({ score, left, segment, model, week, counted, called: score >= (segment === 'vip' ? 0.7 : 0.5) });
  }
  return all;
}

await aCampaign(db, {
  campaign: 'winback',
  audience: { segments: ['shopper', 'vip'] },
  policy: { lo: 0.5, hi: 1, segments: { vip: { lo: 0.7 } } },
});
const people = await aWorld('winback');
const counted = people.filter((person) => person.counted);
const filter = { campaigns: [{ campaignId: 'winback', returnEvents: ['visit'] }], asOf: ASOF, model: null, bands: 12 };

test('every slice adds up to what a reference without SQL counts, ranks included', async () => {
  const { slices, ...rest } = await loadAccuracyInputs(db, filter);
  expect(counted.length).toBeGreaterThan(40);
  const of = (dimension: string, value: string | null) =>
    slices.find((slice) => slice.dimension === dimension && slice.value === value)!;
  const close = (own: Record<string, number>): unknown =>
    Object.fromEntries(Object.entries(own).map(([name, value]) => [name, expect.closeTo(value, 9)]));
  const check = (dimension: string, value: string | null, own: Person[]): void =>
    expect(of(dimension, value).sums, `${dimension} ${value}`).toEqual(close({ ...sumsOf(own) }));
  check('all', null, counted);
  for (const segment of ['shopper', 'vip'])
    check(
      'segment',
      segment,
      counted.filter((own) => own.segment === segment),
    );
  for (const model of ['default', 'new'])
    check(
      'model',
      model,
      counted.filter((own) => own.model === model),
    );
  const weeks = slices.filter((slice) => slice.dimension === 'period').map((slice) => slice.sums.entries);
  expect(weeks.toSorted((a, b) => a - b)).toEqual(
    [0, 1, 2].map((week) => counted.filter((own) => own.week === week).length).toSorted((a, b) => a - b),
  );
  expect(rest).toMatchObject({
    period: 'week',
    unmeasured: 0,
    contactedElsewhere: 0,
    thresholds: { low: 0.5, high: 0.7 },
  });
  const all = people.filter((own) => own.week === 10);
  expect(rest.immature).toBeLessThan(all.length);
  expect(rest.immature).toBeGreaterThan(0);
});

test('bands and log odds hold everybody once', async () => {
  const { slices } = await loadAccuracyInputs(db, filter);
  for (const { sums, bands, logOdds } of slices) {
    for (const parts of [bands, logOdds]) {
      expect(parts.reduce((sum, part) => sum + part.entries, 0)).toBe(sums.entries);
      expect(parts.reduce((sum, part) => sum + part.left, 0)).toBe(sums.left);
    }
    expect(bands.reduce((sum, band) => sum + band.scoreSum, 0)).toBeCloseTo(sums.scoreSum, 9);
  }
});

test('a model that is asked for is alone', async () => {
  const { slices } = await loadAccuracyInputs(db, { ...filter, model: 'new' });
  expect(slices.find((slice) => slice.dimension === 'all')!.sums.entries).toBe(
    counted.filter((own) => own.model === 'new').length,
  );
  expect(slices.filter((slice) => slice.dimension === 'model').map((slice) => slice.value)).toEqual(['new']);
});

test('a past moment has only what had matured by then', async () => {
  const then = hoursAfter(NOON, WINDOW);
  const { slices } = await loadAccuracyInputs(db, { ...filter, asOf: then });
  expect(slices.find((slice) => slice.dimension === 'all')!.sums.entries).toBe(
    counted.filter((own) => own.week === 0).length,
  );
});

test('recorded entries count where their file has return events, and are left out by name where it has none', async () => {
  for (const [campaignId, type] of [
    ['recorded-visits', 'visit'],
    ['recorded-spend', 'revenue'],
  ] as const) {
    await aCampaign(db, { campaign: campaignId });
    const world = new ReadWorld(db, campaignId);
    for (let user = 0; user < 4; user++) {
      const { entryNo } = await world.entered({
        assignment: 'holdout',
        score: 0.6,
        columns: { recorded_no: entryNoOf(campaignId, user) },
      });
      if (user === 0) await db('recorded_outcomes').insert({ entry_no: entryNo, type, count: 1, value_minor: null });
    }
  }
  const inputs = (campaignId: string) =>
    loadAccuracyInputs(db, { ...filter, campaigns: [{ campaignId, returnEvents: ['visit'] }] });
  const visits = await inputs('recorded-visits');
  expect(visits.slices[0]!.sums).toMatchObject({ entries: 4, left: 3 });
  expect(await inputs('recorded-spend')).toMatchObject({ slices: [], unmeasured: 4 });
});

function entryNoOf(campaignId: string, user: number): number {
  return (campaignId === 'recorded-visits' ? 1000 : 2000) + user;
}

test('messages of another campaign within the window are counted and said', async () => {
  await aCampaign(db, { campaign: 'quiet' });
  await aCampaign(db, { campaign: 'loud' });
  const [quiet, loud] = [new ReadWorld(db, 'quiet'), new ReadWorld(db, 'loud')];
  const { userNo } = await quiet.entered({ assignment: 'holdout' });
  const entered = await loud.entered({ userNo, arm: 'mail', openedAt: hoursAfter(NOON, 24) });
  const messageNo = await aMessage(db, { ...entered, campaignId: 'loud', state: 'DELIVERED' });
  await db('messages')
    .where({ message_no: messageNo })
    .update({ counted_at: hoursAfter(NOON, 25) });
  const report = await accuracyOfWarnings({ db, campaign: 'quiet', model: null, asOf: ASOF, now: ASOF });
  expect(report.notes.join(' ')).toMatch(/To 1 of these entries another campaign wrote/);
});

test('the command prints tables or one document, and says what is wrong', async () => {
  await aCampaign(db, { campaign: 'nobody' });
  const text = await runCli(url, 'warnings', 'accuracy', '--campaign', 'winback');
  expect(text).toMatchObject({ code: 0, err: '' });
  expect(text.out).toMatch(/^accuracy of warnings of winback, at /);
  expect(text.out).toMatch(/by segment .*precision .*recall .*AUC/);
  expect(text.out).toContain('a warning calls somebody from the threshold of its segment on, 0.5 to 0.7');
  expect(text.out).toContain('were randomly not treated');
  expect(text.out).not.toMatch(/NaN|Infinity|undefined/);
  const report = (await runCli(url, '--json', 'warnings', 'accuracy', '--campaign', 'winback')).json() as {
    overall: { entries: number };
  };
  expect(report.overall.entries).toBeGreaterThan(counted.length);
  expect((await runCli(url, 'warnings', 'accuracy', '--campaign', 'nobody')).out).toContain('nobody was held out');
  expect((await runCli(url, 'warnings', 'accuracy')).code).toBe(0);
  expect(await runCli(url, 'warnings', 'accuracy', '--campaign', 'winbuck')).toMatchObject({
    code: 2,
    err: expect.stringContaining('there is no campaign "winbuck"'),
  });
  const ahead = await runCli(url, 'warnings', 'accuracy', '--as-of', '2999-01-01T00:00:00Z');
  expect(ahead).toMatchObject({ code: 2, err: expect.stringContaining('ahead of the clock') });
});
