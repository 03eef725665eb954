import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toldRead } from '../../src/app/languages/told-pages.ts';
import { told } from '../../src/app/languages/told.ts';
import { resultsPage } from '../../src/app/pictures/results-page.ts';
import type { ReadInputs } from '../../src/domain/read-inputs.ts';
import { readExperiment } from '../../src/experiments/read/read-experiment.ts';
import { learnThresholds } from '../../src/policy/thresholds/learn.ts';
import { englishLeft } from '../support/english-left.ts';
import { aLearnInput, aPolicy, cellsOf } from '../support/learning.ts';
import { aCell, aStratum, NET, rateSums, someInputs, UNSUBSCRIBE, GOAL } from '../support/read-inputs.ts';

/** Reads of every kind: few and many, better and worse, with harm, leaks, changed probabilities, open windows, silent feeds. */
const someRead = fc
  .record({
    entries: fc.constantFrom(0, 12, 400, 9000),
    rate: fc.constantFrom(0, 0.05, 0.12, 1),
    harm: fc.constantFrom(0, 0.002, 0.08),
    heldOut: fc.constantFrom(0, 15, 1000),
    changed: fc.boolean(),
    recorded: fc.boolean(),
    immature: fc.boolean(),
    silent: fc.constantFrom(null, '2026-05-20T00:00:00.000Z', '2026-05-31T12:00:00.000Z'),
    entriesPerDay: fc.constantFrom(0, 3, 500),
  })
  .map((world): ReadInputs => {
    const { entries, heldOut, harm } = world;
    const unsubscribe = { unsubscribe: rateSums(Math.round(entries * harm), Math.max(entries, 1)) };
    const source = world.recorded ? ('recorded' as const) : ('live' as const);
    const strata = [aStratum({ source, designFrom: world.recorded ? 'campaign_file' : 'policy' })];
    const cells = [
      aCell('mail', entries, Math.round(entries * world.rate), { metrics: unsubscribe }),
      aCell('holdout', heldOut, Math.round(heldOut * 0.08)),
      aCell('untreated', Math.round(heldOut * 0.9), Math.round(heldOut * 0.07)),
    ].filter((cell) => cell.entries > 0);
    return someInputs({
      metrics: [GOAL, UNSUBSCRIBE, ...(world.changed ? [{ ...NET, capMinor: 9000 }] : [])],
      strata: world.changed ? [...strata, aStratum({ stratum: 1, pHoldout: 0.5, source })] : strata,
      cells: world.changed
        ? [...cells, aCell('mail', 300, 30, { stratum: 1 }), aCell('holdout', 300, 20, { stratum: 1 })]
        : cells,
      immature: world.immature ? [{ day: '2026-05-30', entries: 50, maturesAt: '2026-06-13T00:00:00.000Z' }] : [],
      entriesPerDay: world.entriesPerDay,
      remarks: {
        otherCurrencyEvents: 2,
        eventsBeforeEntry: 3,
        cappedAmounts: world.changed ? 4 : 0,
        newestEventAt: world.silent,
      },
    });
  });

describe('what the server says in Chinese', () => {
  it('leaves no English in a read, whatever it finds', () => {
    fc.assert(
      fc.property(someRead, (inputs) => {
        expect(englishLeft(toldRead(readExperiment(inputs), 'zh-CN'))).toEqual([]);
      }),
      { numRuns: 60, seed: 5 },
    );
  });

  it('leaves no English on the page of a read, and changes nothing of the English one', () => {
    const read = readExperiment(someInputs());
    const extra = { name: null, repeat: null };
    const page = resultsPage(read, { ...extra, language: 'zh-CN' });
    const texts = page.replaceAll(/<style[\s\S]*?<\/style>/g, '').replaceAll(/<[^>]+>/g, '\n');
    expect(texts.match(/[A-Za-z]+ [A-Za-z]+ [A-Za-z]+/g)).toBeNull();
    expect(resultsPage(toldRead(read, 'en'), extra)).toBe(resultsPage(read, extra));
  });

  it('leaves no English in a learning cycle, whatever it finds', () => {
    const cycle = fc.record({
      entries: fc.constantFrom(20, 300, 6000),
      gain: fc.constantFrom(-0.03, 0, 0.04),
      unsubscribed: fc.constantFrom(0, 0.05),
      below: fc.constantFrom(-0.02, 0.05),
      margin: fc.constantFrom(0, 3000),
      orderFactor: fc.constantFrom(1, 1.6),
      mode: fc.constantFrom('off' as const, 'suggest' as const),
      weeksSinceMove: fc.constantFrom(null, 1),
      budgetPerWeek: fc.constantFrom(null, 100),
    });
    fc.assert(
      fc.property(
        cycle,
        ({ entries, gain, below, unsubscribed, margin, orderFactor, mode, weeksSinceMove, budgetPerWeek }) => {
          const side = (rate: number): { entries: number; converted: number } => ({
            entries,
            converted: Math.round(entries * rate),
          });
          const evidence = [5, 6, 7, 8].flatMap((band) =>
            cellsOf({
              band,
              margin,
              orderFactor,
              treated: { ...side(0.08 + (band < 6 ? below : gain)), unsubscribed: Math.round(entries * unsubscribed) },
              heldOut: side(0.08),
            }),
          );
          const policies = [aPolicy({ mode, weeksSinceMove })];
          const {
            policies: found,
            notes,
            estimator,
          } = learnThresholds(aLearnInput({ policies, evidence, budgetPerWeek }));
          const sentences = [
            ...notes,
            estimator.sentence,
            ...found.flatMap((one) => [
              ...(one.sentence === null ? [] : [one.sentence]),
              ...one.freezes.map((freeze) => freeze.sentence),
              ...one.proposals.map((proposal) => proposal.sentence),
            ]),
          ];
          expect(englishLeft({ sentences: sentences.map((sentence) => told(sentence, 'zh-CN')) })).toEqual([]);
        },
      ),
      { numRuns: 12, seed: 5 },
    );
  });
});
