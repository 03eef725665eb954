import { expect, test } from 'vitest';
import type { ReadInputs } from '../../src/domain/read-inputs.ts';
import type { Contrast } from '../../src/domain/read.ts';
import { readExperiment } from '../../src/experiments/read/read-experiment.ts';
import { aCell, aStratum, amountSums, GOAL, rateSums, someInputs, UNSUBSCRIBE } from '../support/read-inputs.ts';

function goalOf(overrides: Partial<ReadInputs>): Contrast {
  const contrast = readExperiment(someInputs(overrides)).contrasts.find((one) => one.metric === 'goal');
  if (!contrast) throw new Error('no contrast of the goal');
  return contrast;
}

// Golden numbers: ../shared/oracles/ab.json, proportions "typical_lift" (350 of 10,000 against 300 of 10,000).
test('a contrast of rates has the values of the oracle', () => {
  const contrast = goalOf({
    strata: [aStratum({ pHoldout: 0.5, pTreat: 1 })],
    cells: [aCell('mail', 10_000, 350), aCell('holdout', 10_000, 300)],
  });
  expect(contrast.absolute?.value).toBeCloseTo(0.005, 12);
  expect(contrast.absolute?.low).toBeCloseTo(8.131098474404002e-5, 12);
  expect(contrast.absolute?.high).toBeCloseTo(0.00993478653153845, 12);
  expect(contrast.p).toBeCloseTo(0.046170779972513704, 10);
  expect(contrast.chanceBetter).toBeCloseTo(0.9768722790143555, 9);
  expect(contrast.expectedLoss).toBeCloseTo(2.1728968156923303e-5, 12);
});

test('segments whose probabilities differ are compared within themselves: no Simpson paradox', () => {
  // Within each stratum the arm does nothing; pooled, the better stratum is treated more and would make a winner of it.
  const contrast = goalOf({
    strata: [aStratum({ pTreat: 1, pHoldout: 0.5 }), aStratum({ stratum: 1, pTreat: 1, pHoldout: 0.1 })],
    cells: [
      aCell('mail', 2000, 200),
      aCell('holdout', 2000, 200),
      aCell('mail', 9000, 3600, { stratum: 1 }),
      aCell('holdout', 1000, 400, { stratum: 1 }),
    ],
  });
  expect(contrast.method).toBe('post_stratified');
  expect(contrast.absolute?.value).toBeCloseTo(0, 12);
  expect(contrast.relative?.value).toBeCloseTo(0, 12);
  expect(contrast.alwaysValid?.p).toBe(1);
});

test('says which estimator is used after probabilities changed, and why', () => {
  const overrides = {
    strata: [aStratum(), aStratum({ stratum: 1, pTreat: 0.8 })],
    cells: [...someInputs().cells, ...someInputs().cells.map((cell) => ({ ...cell, stratum: 1 }))],
  };
  expect(readExperiment(someInputs(overrides)).notes.join('\n')).toMatch(
    /offer\/mail against the held-out: probabilities of assignment changed, .* 2 strata .*AIPW/,
  );
  expect(readExperiment(someInputs()).notes.join('\n')).not.toMatch(/AIPW/);
});

test('versions that give the two groups the same chance are one experiment', () => {
  const strata = [aStratum(), aStratum({ stratum: 1, pGlobalHoldout: 0.05 })];
  const cells = [...someInputs().cells, ...someInputs().cells.map((cell) => ({ ...cell, stratum: 1 }))];
  expect(goalOf({ strata, cells })).toMatchObject({ method: 'pooled', entries: 16_200, entriesAgainst: 3800 });
});

test('the exploration band and the global holdout are left out of every comparison', () => {
  const cells = [
    ...someInputs().cells,
    aCell('global_holdout', 500, 400),
    aCell('mail', 300, 300, { stratum: 1 }),
    aCell('untreated', 5000, 0, { stratum: 1 }),
  ];
  const strata = [aStratum({ pGlobalHoldout: 0.05 }), aStratum({ stratum: 1, inInterval: false, pTreat: 0.05 })];
  const read = readExperiment(someInputs({ strata, cells }));
  expect(read.contrasts[0]).toMatchObject({ entries: 8100, entriesAgainst: 1900 });
  expect(read.groups.map(({ group, entries }) => [group, entries])).toEqual([
    ['mail', 8100],
    ['holdout', 1000],
    ['untreated', 900],
    ['global_holdout', 500],
  ]);
  expect(read).toMatchObject({ entries: 10_500, explorationEntries: 5300 });
});

test('the always-valid interval leaves out zero exactly when its p is under the level', () => {
  for (const converted of [729, 810, 850, 870, 880, 890, 900, 972]) {
    const cells = [aCell('mail', 8100, converted), aCell('holdout', 1000, 80), aCell('untreated', 900, 72)];
    const { alwaysValid } = goalOf({ cells });
    expect(alwaysValid).not.toBeNull();
    expect((alwaysValid?.low ?? 0) > 0).toBe((alwaysValid?.p ?? 1) <= 0.05);
  }
});

test('days are strata: an arm that got the better days wins nothing by it', () => {
  const day = (date: string, mail: number, holdout: number, share: number) => [
    aCell('mail', mail, mail * share, { day: date }),
    aCell('holdout', holdout, holdout * share, { day: date }),
  ];
  const cells = [...day('2026-05-01', 900, 100, 0.5), ...day('2026-05-02', 100, 900, 0.1)];
  const { alwaysValid } = goalOf({ cells, strata: [aStratum({ pTreat: 1, pHoldout: 0.5 })] });
  expect(alwaysValid?.p).toBe(1);
});

test('secondary metrics are corrected among each other by Holm, the goal and guardrails are not', () => {
  const secondary = (id: string) => ({ ...GOAL, id, role: 'secondary' as const });
  const sums = (entries: number, a: number, b: number) => ({
    returned: rateSums(a, entries),
    conversion: rateSums(b, entries),
  });
  const read = readExperiment(
    someInputs({
      metrics: [GOAL, secondary('returned'), secondary('conversion'), UNSUBSCRIBE],
      cells: [
        aCell('mail', 8100, 972, { metrics: sums(8100, 1000, 900) }),
        aCell('holdout', 1000, 80, { metrics: sums(1000, 100, 100) }),
        aCell('untreated', 900, 72, { metrics: sums(900, 90, 90) }),
      ],
    }),
  );
  const [goal, returned, conversion, unsubscribe] = read.contrasts;
  expect(goal?.pAdjusted).toBeNull();
  expect(unsubscribe?.pAdjusted).toBeNull();
  expect(returned?.pAdjusted).toBeCloseTo(2 * (returned?.p ?? 0), 12);
  expect(conversion?.pAdjusted).toBeCloseTo(Math.max(conversion?.p ?? 0, returned?.pAdjusted ?? 0), 12);
});

test('a metric that only a part of the data measures is read on that part', () => {
  const spend = { ...GOAL, id: 'spend', label: 'spend', role: 'secondary' as const, kind: 'mean' as const };
  const recorded = aStratum({ stratum: 1, source: 'recorded', designFrom: 'campaign_file' });
  const metrics = (entries: number, buyers: number) => ({ spend: amountSums(buyers, entries, 1000) });
  const read = readExperiment(
    someInputs({
      metrics: [GOAL, spend],
      strata: [aStratum(), recorded],
      cells: [
        ...someInputs().cells,
        aCell('mail', 810, 97, { stratum: 1, metrics: metrics(810, 81) }),
        aCell('holdout', 190, 16, { stratum: 1, metrics: metrics(190, 19) }),
      ],
    }),
  );
  const contrast = read.contrasts.find((one) => one.metric === 'spend');
  expect(contrast).toMatchObject({ entries: 810, entriesAgainst: 190 });
  expect(contrast?.absolute?.value).toBeCloseTo(0, 9);
  expect(read.notes.join('\n')).toMatch(/those of the campaign file are assumed/);
});
