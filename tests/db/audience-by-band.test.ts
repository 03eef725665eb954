import { expect, test } from 'vitest';
import { countAudience } from '../../src/db/queries/audience.ts';
import { treatProbability } from '../../src/experiments/assign.ts';
import { initialPolicies } from '../../src/policy/initial-policies.ts';
import { freshDatabase } from '../support/database.ts';
import { aCampaign } from '../support/campaigns.ts';
import { aUser, aWarning, NOON } from '../support/world.ts';

const { db } = await freshDatabase();

test('the treated are counted by the probability of each score, learned by band or of the file', async () => {
  const campaign = aCampaign({ policy: { lo: 0.5, hi: 0.75, bands: 4 } });
  const scores = [0, 0.1, 0.3, 0.45, 0.5, 0.6, 0.74, 0.75, 0.8, 0.9, 1];
  for (const score of scores) await aWarning(db, { userNo: await aUser(db), score });
  const [file] = initialPolicies(campaign);
  if (file === undefined) throw new Error('no policy');
  for (const treatByBand of [null, [0, 0.04, 0.83, 0.1], [0, 0, 0.5, 0]]) {
    const policy = { ...file, treatByBand, policyVersion: 2 };
    const [cell] = await countAudience(db, {
      campaign,
      decisionAt: NOON,
      filter: null,
      actions: [{ action: 'offer', when: null, reasons: null }],
      policies: [policy],
    });
    const expected = (inside: boolean): number =>
      scores
        .filter((score) => (score >= 0.5 && score < 0.75) === inside)
        .reduce((sum, score) => sum + treatProbability(policy, score), 0);
    expect(cell?.treatedInside).toBeCloseTo(expected(true), 12);
    expect(cell?.treatedExploring).toBeCloseTo(expected(false), 12);
  }
});
