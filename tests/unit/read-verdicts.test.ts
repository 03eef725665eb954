import { expect, test } from 'vitest';
import { readExperiment } from '../../src/experiments/read/read-experiment.ts';
import {
  aCell,
  amountSums,
  aStratum,
  GOAL,
  NET,
  rateSums,
  REFUND,
  REVENUE_GOAL,
  someInputs,
  UNSUBSCRIBE,
} from '../support/read-inputs.ts';

test('ships an arm whose always-valid interval lies above zero, with interval and money in one sentence', () => {
  const net = (converted: number, entries: number) => ({ net_value: amountSums(converted, entries, 2000) });
  const read = readExperiment(
    someInputs({
      metrics: [GOAL, NET, UNSUBSCRIBE],
      cells: [
        aCell('mail', 8100, 972, { metrics: net(972, 8100) }),
        aCell('holdout', 1000, 80, { metrics: net(80, 1000) }),
        aCell('untreated', 900, 72, { metrics: net(72, 900) }),
      ],
    }),
  );
  expect(read.verdict).toMatchObject({ decision: 'ship', reason: 'better', days: null });
  expect(read.verdict.sentence).toMatch(
    /^Ship mail: purchase \+4\.00 points \[\d\.\d\d, \d\.\d\d\] over the held-out \(12\.00 % against 8\.00 %\), net value \+0\.800 USD \[\d\.\d{3}, \d\.\d{3}\] per entry, 6480\.00 USD so far\.$/,
  );
  expect(read.verdicts).toMatchObject([{ arm: 'mail', against: 'held_out', decision: 'ship' }]);
});

test('stops an arm that does harm to the goal', () => {
  const cells = [aCell('mail', 8100, 648), aCell('holdout', 1000, 130), aCell('untreated', 900, 117)];
  const read = readExperiment(someInputs({ cells }));
  expect(read.verdict).toMatchObject({ decision: 'stop', reason: 'worse' });
  expect(read.verdict.sentence).toMatch(/^Stop mail: purchase -5\.00 points/);
});

test('stops an arm that breaks a guardrail, however well it sells', () => {
  const metrics = { unsubscribe: rateSums(162, 8100) };
  const cells = [aCell('mail', 8100, 972, { metrics }), aCell('holdout', 1000, 80), aCell('untreated', 900, 72)];
  const read = readExperiment(someInputs({ cells }));
  expect(read.guardrails).toMatchObject([{ metric: 'unsubscribe', verdict: 'inferior' }]);
  expect(read.verdict).toMatchObject({ decision: 'stop', reason: 'guardrail_inferior' });
  expect(read.verdict.sentence).toMatch(/unsubscribe \+2\.00 points .* where 0\.50 % more is tolerated/);
});

test('does not ship while a guardrail is open: inconclusive is no pass', () => {
  const metrics = { unsubscribe: rateSums(32, 8100) };
  const cells = [aCell('mail', 8100, 972, { metrics }), aCell('holdout', 1000, 80), aCell('untreated', 900, 72)];
  const read = readExperiment(someInputs({ cells }));
  expect(read.guardrails[0]?.verdict).toBe('inconclusive');
  expect(read.verdict).toMatchObject({ decision: 'keep_running', reason: 'guardrail_open' });
  expect(read.verdict.days).toBeGreaterThan(0);
});

test('keeps running while the interval holds zero, and says for about how many days', () => {
  const cells = [aCell('mail', 4050, 365), aCell('holdout', 500, 40), aCell('untreated', 450, 36)];
  const read = readExperiment(someInputs({ cells }));
  expect(read.verdict).toMatchObject({ decision: 'keep_running', reason: 'not_yet' });
  expect(read.verdict.sentence).toMatch(/^Keep running mail \(about \d+ more days\): .* which can still be chance\.$/);
  expect(read.verdict.days).toBeGreaterThan(14);
  expect(read.verdict.days).toBeLessThan(365);
});

test('twice the entries a day shorten the wait, but never below the outcome window', () => {
  const cells = [aCell('mail', 4050, 365), aCell('holdout', 500, 40), aCell('untreated', 450, 36)];
  const daysAt = (entriesPerDay: number) => readExperiment(someInputs({ cells, entriesPerDay })).verdict.days ?? 0;
  expect(daysAt(1000) - 14).toBeGreaterThanOrEqual(Math.floor((daysAt(500) - 14) / 2));
  expect(daysAt(1000)).toBeLessThan(daysAt(500));
  expect(daysAt(1e9)).toBe(15);
});

test('cohorts on their way count before new entries: their maturing may be all there is to wait for', () => {
  const cells = [aCell('mail', 4050, 365), aCell('holdout', 500, 40), aCell('untreated', 450, 36)];
  const immature = [{ day: '2026-05-25', entries: 1_000_000, maturesAt: '2026-06-08T00:00:00.000Z' }];
  expect(readExperiment(someInputs({ cells, immature, entriesPerDay: 0 })).verdict).toMatchObject({
    decision: 'keep_running',
    days: 7,
  });
});

test.each([
  { what: 'the campaign ends before', overrides: { until: '2026-06-03' }, says: /campaign ends on 2026-06-03/ },
  { what: 'it would take over a year', overrides: { entriesPerDay: 1 }, says: /more than a year/ },
  { what: 'no new entries come', overrides: { entriesPerDay: 0 }, says: /no new entries come in/ },
])("can't tell in time where $what", ({ overrides, says }) => {
  const cells = [aCell('mail', 4050, 365), aCell('holdout', 500, 40), aCell('untreated', 450, 36)];
  const { verdict } = readExperiment(someInputs({ cells, ...overrides }));
  expect(verdict).toMatchObject({ decision: 'cant_tell', reason: 'not_in_time', days: null });
  expect(verdict.sentence).toMatch(says);
});

test('a sample-ratio alarm rules out every other verdict', () => {
  const cells = [aCell('mail', 8100, 972), aCell('holdout', 600, 48), aCell('untreated', 900, 72)];
  const read = readExperiment(someInputs({ cells }));
  expect(read.sampleRatio[0]).toMatchObject({ alarm: true, leaks: [] });
  expect(read.verdict).toMatchObject({ decision: 'cant_tell', reason: 'sample_ratio' });
});

test('an action whose groups are out of proportion leaves the verdicts of another action alone, but not the campaign', () => {
  const strata = [aStratum(), aStratum({ stratum: 1, action: 'call', armShares: { phone: 1 } })];
  const other = { stratum: 1 };
  const read = readExperiment(
    someInputs({
      strata,
      arms: [
        { arm: 'mail', action: 'offer', control: false, sends: true },
        { arm: 'phone', action: 'call', control: false, sends: true },
      ],
      cells: [
        aCell('mail', 8100, 972),
        aCell('holdout', 1000, 80),
        aCell('untreated', 900, 72),
        aCell('phone', 8100, 972, other),
        aCell('holdout', 500, 40, other),
        aCell('untreated', 900, 72, other),
      ],
    }),
  );
  expect(read.verdicts.map(({ arm, decision }) => [arm, decision])).toEqual([
    ['mail', 'ship'],
    ['phone', 'cant_tell'],
  ]);
  expect(read.verdict.reason).toBe('sample_ratio');
});

test('names the best of the arms that ship by net value, not by the goal', () => {
  const metrics = (worth: number, entries: number) => ({ net_value: amountSums(entries / 10, entries, worth) });
  const read = readExperiment(
    someInputs({
      metrics: [GOAL, NET, UNSUBSCRIBE],
      arms: [
        { arm: 'mail', action: 'offer', control: false, sends: true },
        { arm: 'gift', action: 'offer', control: false, sends: true },
      ],
      strata: [aStratum({ armShares: { mail: 0.5, gift: 0.5 } })],
      cells: [
        aCell('mail', 4050, 486, { metrics: metrics(900, 4050) }),
        aCell('gift', 4050, 567, { metrics: metrics(500, 4050) }),
        aCell('holdout', 1000, 80, { metrics: metrics(100, 1000) }),
        aCell('untreated', 900, 72, { metrics: metrics(100, 900) }),
      ],
    }),
  );
  expect(read.verdicts.map(({ decision }) => decision)).toEqual(['ship', 'ship']);
  expect(read.verdict.sentence).toMatch(/^Ship mail: .*; of 2 arms to ship this one is worth most\.$/);
  expect(read.contrasts[0]?.alwaysValid?.level).toBeCloseTo(0.975, 12);
});

test('judges against the control arm where the action has one, and shows the held-out beside it', () => {
  const read = readExperiment(
    someInputs({
      arms: [
        { arm: 'mail', action: 'offer', control: false, sends: true },
        { arm: 'usual', action: 'offer', control: true, sends: true },
      ],
      strata: [aStratum({ armShares: { mail: 0.5, usual: 0.5 } })],
      cells: [
        aCell('mail', 4050, 486),
        aCell('usual', 4050, 480),
        aCell('holdout', 1000, 80),
        aCell('untreated', 900, 72),
      ],
    }),
  );
  expect(read.verdicts).toMatchObject([{ arm: 'mail', against: 'control', decision: 'keep_running' }]);
  const goal = read.contrasts.filter((contrast) => contrast.metric === 'goal');
  expect(goal.map(({ arm, against, entriesAgainst }) => [arm, against, entriesAgainst])).toEqual([
    ['mail', 'control', 4050],
    ['mail', 'held_out', 1900],
    ['usual', 'held_out', 1900],
  ]);
});

test('amounts are judged by a confidence sequence, from twenty entries with an amount on either side on', () => {
  const cells = (converted: number) => [
    aCell('mail', 8100, 0, { metrics: { goal: amountSums(972, 8100, 3000) } }),
    aCell('holdout', 1000, 0, { metrics: { goal: amountSums(converted, 1000, 3000) } }),
    aCell('untreated', 900, 0, { metrics: { goal: amountSums(0, 900, 3000) } }),
  ];
  const read = (converted: number) =>
    readExperiment(someInputs({ metrics: [REVENUE_GOAL, UNSUBSCRIBE], cells: cells(converted) }));
  expect(read(60).verdict).toMatchObject({ decision: 'ship' });
  expect(read(60).verdict.sentence).toMatch(/revenue per entry \+2\.653 USD/);
  expect(read(19).verdict).toMatchObject({ decision: 'cant_tell', reason: 'too_few_entries' });
  expect(read(19).verdict.sentence).toMatch(/there are 19/);
});

test('refunds that nobody had on either side pass, though they have no interval', () => {
  const metrics = { refund: amountSums(0, 1000, 0) };
  const read = readExperiment(
    someInputs({
      metrics: [GOAL, REFUND],
      cells: [
        aCell('mail', 8100, 972, { metrics }),
        aCell('holdout', 1000, 80, { metrics }),
        aCell('untreated', 900, 72, { metrics }),
      ],
    }),
  );
  expect(read.guardrails).toMatchObject([{ metric: 'refund', verdict: 'pass', harm: null }]);
  expect(read.verdict.decision).toBe('ship');
});

test('an effect that has turned since it first showed is neither shipped nor stopped', () => {
  const days = (share: number, from: number) =>
    Array.from({ length: 10 }, (_, index) => `2026-05-${String(from + index)}`).flatMap((day) => [
      aCell('mail', 1800, 1800 * share, { day }),
      aCell('holdout', 200, 40, { day }),
    ]);
  const strata = [aStratum({ pTreat: 1 })];
  expect(readExperiment(someInputs({ strata, cells: days(0.3, 10) })).verdict.decision).toBe('ship');
  const cells = [...days(0.3, 10), ...days(0.09, 20)];
  const { contrasts, verdict } = readExperiment(someInputs({ strata, cells }));
  expect(contrasts[0]?.absolute?.value).toBeLessThan(0);
  expect(['ship', 'stop']).not.toContain(verdict.decision);
  expect(verdict.sentence).toMatch(/not what it was at first/);
});
