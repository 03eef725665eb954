import type { Campaign } from '../../../domain/campaign.schema.ts';
import type { Finding } from '../file/finding.ts';
import type { CampaignFacts } from './facts.ts';
import type { ActionForecast } from './forecast.ts';

/** Audiences that are empty or too large, and thresholds that let nobody through. */
export function audienceFindings(
  campaign: Campaign,
  facts: CampaignFacts,
  forecast: readonly ActionForecast[],
): Finding[] {
  const users = facts.audience.reduce((sum, cell) => sum + cell.users, 0);
  const at = { severity: 'warning' as const };
  if (users === 0) {
    const what = 'no user with a valid warning is meant today';
    const fix = 'import warnings, or widen segments, reasons and filter';
    return [{ ...at, rule: 'audience_empty', path: ['audience'], what, fix }];
  }
  const through = facts.audience.reduce((sum, cell) => sum + cell.inside + cell.exploring, 0);
  return [
    ...(users > campaign.audience.max
      ? [
          {
            ...at,
            rule: 'audience_max',
            path: ['audience', 'max'],
            what: `the audience is ${users} today, above the maximum of ${campaign.audience.max}: the wave would wait for a person`,
            fix: 'raise max, or narrow the audience',
          },
        ]
      : []),
    ...(through === 0
      ? [
          {
            ...at,
            rule: 'threshold',
            path: ['policy', 'lo'],
            what: `none of the ${users} users in the audience has a score that the policy treats`,
            fix: 'lower lo',
          },
        ]
      : []),
    ...forecast.flatMap((action, index) =>
      through === 0 || facts.audience.some((cell) => cell.action === action.action)
        ? []
        : [
            {
              ...at,
              rule: 'action_empty',
              path: ['actions', index],
              what: `no user of the audience comes to ${action.action} today`,
              fix: 'check its when and reasons, and the actions before it',
            },
          ],
    ),
  ];
}
