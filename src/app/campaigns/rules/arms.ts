import type { Campaign, CampaignAction } from '../../../domain/campaign.schema.ts';
import type { Finding, KeyPath } from '../file/finding.ts';

const TOLERANCE = 1e-9;

/** Arms whose shares don't add up, that are named twice, or that don't do what they say. */
export function armFindings(campaign: Campaign): Finding[] {
  return campaign.actions.flatMap((action, index) => [
    ...shareFindings(action, ['actions', index]),
    ...controlFindings(action, ['actions', index]),
    ...emptyArms(action, ['actions', index]),
  ]);
}

function shareFindings(action: CampaignAction, path: KeyPath): Finding[] {
  const sum = action.arms.reduce((total, arm) => total + arm.share, 0);
  if (Math.abs(sum - 1) <= TOLERANCE) return [];
  const shown = Number(sum.toFixed(9));
  const last = action.arms.at(-1);
  const rest = Number((1 - (sum - (last?.share ?? 0))).toFixed(9));
  const fix =
    last && rest >= 0 && rest <= 1 ? `make them add up, for example ${last.id}: ${rest}` : 'make them add up to 1';
  return [
    {
      rule: 'arm_shares',
      severity: 'error',
      path: [...path, 'arms'],
      what: `the shares of ${action.id} add up to ${shown}, not 1`,
      fix,
    },
  ];
}

function controlFindings(action: CampaignAction, path: KeyPath): Finding[] {
  const controls = action.arms.flatMap((arm, index) => (arm.control ? [index] : []));
  const [first, second] = controls;
  if (first === undefined) {
    return [
      {
        rule: 'no_control',
        severity: 'warning',
        path: [...path, 'arms'],
        what: `no arm of ${action.id} is the control, so arms can only be compared with the holdout`,
        fix: 'mark the usual way of doing it with control: true',
      },
    ];
  }
  if (second !== undefined) {
    return [
      {
        rule: 'two_controls',
        severity: 'error',
        path: [...path, 'arms', second, 'control'],
        what: `${action.id} has a second control arm`,
        fix: 'keep control: true on one arm',
      },
    ];
  }
  return action.arms[first]?.offer === undefined
    ? []
    : [
        {
          rule: 'control_offer',
          severity: 'warning',
          path: [...path, 'arms', first, 'offer'],
          what: 'the control arm gives something away',
          fix: 'take the offer out, or make another arm the control',
        },
      ];
}

function emptyArms(action: CampaignAction, path: KeyPath): Finding[] {
  return action.arms.flatMap((arm, index) =>
    arm.control || arm.steps.length > 0
      ? []
      : [
          {
            rule: 'empty_arm',
            severity: 'error' as const,
            path: [...path, 'arms', index],
            what: `the arm ${arm.id} has no steps, so it does nothing`,
            fix: 'give it steps, or mark it control: true',
          },
        ],
  );
}
