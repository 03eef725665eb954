import type { Campaign } from '../../../domain/campaign.schema.ts';
import type { Settings } from '../../../domain/settings.schema.ts';
import { unsuitedBecause } from '../../../policy/action-suitability.ts';
import { allowedHoursOf, channelsOf } from '../../../policy/offers.ts';
import { segmentPolicy } from '../../../policy/initial-policies.ts';
import type { Finding } from '../file/finding.ts';

/** What will go wrong by the design of a campaign, whatever the data: warnings and errors of lint (C3). */
export function designFindings(campaign: Campaign, settings: Settings): Finding[] {
  return [
    ...holdoutFindings(campaign),
    ...explorationFindings(campaign),
    ...goalFindings(campaign),
    ...suitabilityFindings(campaign),
    ...reachFindings(campaign),
    ...categoryFindings(campaign),
    ...windowFindings(campaign, settings),
    ...offerFindings(campaign),
  ];
}

function holdoutFindings(campaign: Campaign): Finding[] {
  if (campaign.holdout > 0) return [];
  return [
    {
      rule: 'no_holdout',
      severity: 'warning',
      path: ['holdout'],
      what: 'nobody is held out, so nobody can tell what the campaign brings',
      fix: 'hold out 0.05 to 0.2',
    },
  ];
}

function explorationFindings(campaign: Campaign): Finding[] {
  return ['*', ...Object.keys(campaign.policy.segments)].flatMap((segment) => {
    const { inside, outside } = segmentPolicy(campaign, segment);
    const path = segment === '*' ? ['policy'] : ['policy', 'segments', segment];
    const at = { rule: 'exploration', severity: 'warning' as const };
    return [
      ...(inside < 0.8 || inside > 0.95
        ? [{ ...at, path: [...path, 'inside'], what: `${inside} is outside 0.80 to 0.95`, fix: 'use 0.9' }]
        : []),
      ...(outside < 0.02
        ? [
            {
              ...at,
              path: [...path, 'outside'],
              what: `with ${outside} the thresholds have too little to learn from`,
              fix: 'use 0.02 to 0.1',
            },
          ]
        : []),
    ];
  });
}

function goalFindings(campaign: Campaign): Finding[] {
  if (campaign.returnEvents.includes(campaign.goal.event)) return [];
  return [
    {
      rule: 'goal_return',
      severity: 'warning',
      path: ['returnEvents'],
      what: `who reaches the goal (${campaign.goal.event}) does not count as back, and gets follow-ups`,
      fix: `add ${campaign.goal.event}`,
    },
  ];
}

function suitabilityFindings(campaign: Campaign): Finding[] {
  return campaign.actions.flatMap((action, index) => {
    const reasons = action.reasons ?? campaign.audience.reasons ?? [];
    const own = action.reasons !== undefined;
    return reasons.flatMap((reason) => {
      const why = unsuitedBecause(action.kind, reason);
      if (why === null) return [];
      return [
        {
          rule: 'unsuited_action',
          severity: 'warning' as const,
          path: ['actions', index, own ? 'reasons' : 'kind'],
          what: `${action.kind} does not suit the reason ${reason}: ${why}`,
          fix: own ? `take ${reason} out, or choose another kind` : `name the action's reasons without ${reason}`,
        },
      ];
    });
  });
}

/** Actions that no user can come to: one before them takes everybody, or their reasons are not the audience's. */
function reachFindings(campaign: Campaign): Finding[] {
  const takesAll = campaign.actions.findIndex((action) => action.when === undefined && action.reasons === undefined);
  return campaign.actions.flatMap((action, index) => {
    const at = { rule: 'unreachable_action', severity: 'error' as const, path: ['actions', index] };
    if (takesAll >= 0 && index > takesAll) {
      const first = campaign.actions[takesAll]?.id ?? '';
      const what = `nobody comes to ${action.id}: ${first} before it takes everybody`;
      return [{ ...at, what, fix: `give ${first} a when or reasons, or put it last` }];
    }
    const audience = campaign.audience.reasons;
    if (!audience || !action.reasons || action.reasons.some((reason) => audience.includes(reason))) return [];
    const what = `nobody comes to ${action.id}: none of its reasons is in audience.reasons`;
    return [{ ...at, what, fix: 'add the reasons to the audience' }];
  });
}

function categoryFindings(campaign: Campaign): Finding[] {
  if (campaign.category !== 'transactional') return [];
  return campaign.actions.flatMap((action, a) =>
    action.arms.flatMap((arm, b) =>
      arm.offer === undefined
        ? []
        : [
            {
              rule: 'transactional_offer',
              severity: 'error' as const,
              path: ['actions', a, 'arms', b, 'offer'],
              what: 'a transactional message carries no offer: with one it is advertising, and caps and consent hold',
              fix: 'write category: winback, or take the offer out',
            },
          ],
    ),
  );
}

function windowFindings(campaign: Campaign, settings: Settings): Finding[] {
  const allowed = allowedHoursOf(campaign, settings);
  return channelsOf(campaign)
    .filter((channel) => allowed[channel].length === 0)
    .map((channel) => {
      const company = settings.allowedHours[channel];
      return {
        rule: 'empty_window',
        severity: 'error',
        path: ['allowedHours', channel],
        what: `no hour of the day is allowed for ${channel} by both the campaign and the company`,
        fix: company ? `overlap the company's ${company.from} to ${company.to}` : 'make from and to differ',
      };
    });
}

function offerFindings(campaign: Campaign): Finding[] {
  return campaign.actions.flatMap((action, a) =>
    action.kind !== 'coupon' || action.arms.some((arm) => arm.offer?.pool !== undefined)
      ? []
      : [
          {
            rule: 'no_pool',
            severity: 'warning' as const,
            path: ['actions', a, 'kind'],
            what: `${action.id} is a coupon, and no arm of it has a pool of codes`,
            fix: 'add offer: { pool: … } to an arm, or choose another kind',
          },
        ],
  );
}
