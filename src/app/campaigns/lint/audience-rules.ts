import type { Campaign } from '../../../domain/campaign.schema.ts';
import type { Finding } from '../file/finding.ts';
import type { Detection } from './detection.ts';
import type { CampaignFacts } from './facts.ts';
import type { ActionForecast } from './forecast.ts';

const LONG_DAYS = 90;

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

/** Effects that this audience can't show in time, with the days it takes. */
export function detectionFindings(campaign: Campaign, found: readonly Detection[], facts: CampaignFacts): Finding[] {
  const at = { rule: 'power', severity: 'warning' as const };
  if (facts.audience.length === 0) return [];
  if (found.length === 0) {
    const what = `how many days it takes to see an effect can't be told: no base rate of ${campaign.goal.event} is known`;
    return [{ ...at, path: ['goal'], what, fix: 'add goal.baseRate, or import past warnings and events' }];
  }
  return found
    .filter((one) => one.days === null || one.days > LONG_DAYS)
    .map((one) => ({
      ...at,
      path: ['actions', campaign.actions.findIndex((action) => action.id === one.action)],
      what: `${one.action}: ${detectionText(one, campaign)}`,
      fix: fixOf(one),
    }));
}

function fixOf(one: Detection): string {
  const larger = 'widen the audience, give its arms more equal shares, or accept a larger minLift';
  return one.yearLift === null ? larger : `${larger} (a year can show ${percent(one.yearLift)})`;
}

/** The power of one action in a sentence. */
export function detectionText(one: Detection, campaign: Campaign): string {
  const lift = `a lift of ${percent(campaign.goal.minLift)} on ${percent(one.baseRate)}`;
  const needs = `needs ${Number.isFinite(one.entriesNeeded) ? one.entriesNeeded : 'more than all'} entries`;
  const rate = `${one.entriesToday} today and ${one.entriesPerDay.toFixed(1)} a day`;
  const when = one.days === null ? 'it would never be seen' : `about ${one.days} days`;
  return `${lift} (${one.arm} against ${one.against}) ${needs}; with ${rate}: ${when}`;
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}
