import type { Campaign } from '../../../domain/campaign.schema.ts';
import { segmentPolicy } from '../../../policy/initial-policies.ts';
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

/** Scores within this share of a band count as its edge: 0.583 is meant for 7/12. */
const NEAR_EDGE = 0.02;

/** Thresholds move by whole bands, and the value of a band is one number: an edge inside a band mixes treated and untreated scores. */
function bandEdgeFindings(campaign: Campaign): Finding[] {
  const { policy, learning } = campaign;
  if (learning.mode === 'off') return [];
  return ['*', ...Object.keys(policy.segments)].flatMap((segment) => {
    const path: KeyPath = segment === '*' ? ['policy'] : ['policy', 'segments', segment];
    const own = segment === '*' ? policy : (policy.segments[segment] ?? {});
    const numbers = segmentPolicy(campaign, segment);
    return (['lo', 'hi'] as const).flatMap((key) => {
      const edge = numbers[key] * policy.bands;
      if (own[key] === undefined || Math.abs(edge - Math.round(edge)) <= NEAR_EDGE) return [];
      const [below, above] = [Math.floor(edge), Math.ceil(edge)].map((band) =>
        Number((band / policy.bands).toFixed(3)),
      );
      const what = `${numbers[key]} lies inside one of the ${policy.bands} score bands that learning moves by`;
      return [{ rule: 'band_edge', severity: 'warning', path: [...path, key], what, fix: `use ${below} or ${above}` }];
    });
  });
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
