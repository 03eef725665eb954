import { expect, test } from 'vitest';
import type { CampaignRead } from '../../src/domain/read.ts';
import type { MetricSums } from '../../src/domain/read-inputs.ts';
import { readExperiment } from '../../src/experiments/read/read-experiment.ts';
import { aCell, rateSums, someInputs } from '../support/read-inputs.ts';

const unsubscribed = (converted: number, entries: number): { metrics: Record<string, MetricSums> } => ({
  metrics: { unsubscribe: rateSums(converted, entries) },
});

/** Harm of `arm` of 2,025 against 10 of 475 held out, all of them `times` over. */
function readOf(arm: number, times: number): CampaignRead {
  const sizes = { mail: 2025 * times, holdout: 250 * times, untreated: 225 * times };
  return readExperiment(
    someInputs({
      cells: [
        aCell('mail', sizes.mail, 400, unsubscribed(arm * times, sizes.mail)),
        aCell('holdout', sizes.holdout, 50, unsubscribed(5 * times, sizes.holdout)),
        aCell('untreated', sizes.untreated, 45, unsubscribed(5 * times, sizes.untreated)),
      ],
    }),
  );
}

test('a harm that one look would call more than tolerated stops nothing until it holds under daily looks', () => {
  // Newcombe's interval lies above the margin of 0.5 points, the e-process says p = 0.075.
  const { guardrails, verdict, sampleRatio } = readOf(100, 1);
  expect(sampleRatio[0]!.alarm).toBe(false);
  expect(guardrails[0]!.harm!.low).toBeGreaterThan(0.005);
  expect(guardrails[0]!.verdict).toBe('inconclusive');
  expect(verdict.decision).not.toBe('stop');
});

test('the same harm on ten times the entries stops the arm', () => {
  const { guardrails, verdict } = readOf(100, 10);
  expect(guardrails[0]!.verdict).toBe('inferior');
  expect(verdict).toMatchObject({ decision: 'stop', reason: 'guardrail_inferior' });
});
