import type { Campaign } from '../../../domain/campaign.schema.ts';
import { edgeAt } from '../../../policy/initial-policies.ts';
import type { Finding, KeyPath } from '../file/finding.ts';

/** What will keep results from being read in money, or thresholds and shares from being learned, whatever the data. */
export function learningFindings(campaign: Campaign): Finding[] {
  return [...marginFindings(campaign), ...bandEdgeFindings(campaign), ...armFloorFindings(campaign)];
}

function marginFindings({ costs, learning, goal }: Campaign): Finding[] {
  if (costs.margin !== undefined) return [];
  const needs =
    goal.value === 'revenue'
      ? 'add costs.margin: the share of revenue that is margin'
      : 'add costs.margin: what one goal event earns';
  const at = { severity: 'warning' as const, path: ['costs'] };
  if (learning.mode === 'auto') {
    const what = 'without costs.margin nothing is known about value, so learning.mode auto can move nothing';
    return [{ ...at, rule: 'auto_without_margin', what, fix: needs }];
  }
  const what = 'without costs.margin results show no money, and thresholds have no value to learn from';
  return [{ ...at, rule: 'no_margin', what, fix: needs }];
}

/** Thresholds move by whole bands, and the value of a band is one number: an edge inside a band mixes treated and untreated scores. */
function bandEdgeFindings({ policy, learning }: Campaign): Finding[] {
  if (learning.mode === 'off') return [];
  const places: [KeyPath, { lo?: number | undefined; hi?: number | undefined }][] = [
    [['policy'], policy],
    [['policy', 'bounds'], policy.bounds],
    ...Object.entries(policy.segments).map(([segment, own]): [KeyPath, typeof own] => [
      ['policy', 'segments', segment],
      own,
    ]),
  ];
  return places.flatMap(([path, scores]) =>
    (['lo', 'hi'] as const).flatMap((key) => {
      const score = scores[key];
      if (score === undefined || edgeAt(score, policy.bands) !== null) return [];
      const edges = [Math.floor, Math.ceil].map((round) =>
        Number((round(score * policy.bands) / policy.bands).toFixed(3)),
      );
      const what = `${score} lies inside one of the ${policy.bands} score bands that learning moves by`;
      return [{ rule: 'band_edge', severity: 'warning', path: [...path, key], what, fix: `use ${edges.join(' or ')}` }];
    }),
  );
}

function armFloorFindings({ actions, learning }: Campaign): Finding[] {
  if (learning.armShares !== 'thompson') return [];
  return actions.flatMap((action, index) => {
    const arms = action.arms.filter((arm) => arm.share > 0).length;
    if (learning.armFloor * arms <= 1) return [];
    const what = `${arms} arms of ${action.id} with at least ${learning.armFloor} each are more than all`;
    const fix = `use at most ${Number((1 / arms).toFixed(3))}`;
    return [
      {
        rule: 'arm_floor',
        severity: 'error',
        path: index === 0 ? ['learning', 'armFloor'] : ['actions', index],
        what,
        fix,
      },
    ];
  });
}
