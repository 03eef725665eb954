import type { CampaignPlan, PolicyDifference } from '../../app/campaigns/plan-campaign.ts';
import { differenceText } from '../../app/campaigns/plan/differences.ts';
import { formatMinor } from '../../domain/money.ts';
import { number } from '../format/table.ts';
import { interval } from '../format/threshold-words.ts';
import { detectionLines } from './detection-text.ts';

/** A plan in words. */
export function planText(plan: CampaignPlan): string {
  return [
    headline(plan),
    ...section('settings of the campaign:', plan.differences.map(differenceText)),
    ...section('texts:', plan.texts.map(differenceText)),
    ...section('whom it touches:', peopleLines(plan)),
    ...section('what it takes:', costLines(plan)),
    ...section(
      'live policy: stays as it is (put the file in force with: campaign apply --reset-policy)',
      plan.policies.map(policyText),
    ),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

function headline(plan: CampaignPlan): string {
  const { campaignId, version, versionInForce } = plan;
  switch (plan.disposition) {
    case 'new':
      return `${campaignId} is new: applying publishes version 1`;
    case 'changed':
      return `${campaignId}: applying publishes version ${version} in place of ${versionInForce}`;
    case 'reinstated':
      return `${campaignId}: applying puts version ${version} in force again in place of ${versionInForce}`;
    case 'unchanged':
      return `${campaignId}: nothing to apply, version ${version} says the same`;
  }
}

function peopleLines({ people }: CampaignPlan): string[] {
  return [
    `${number(people.audience)} people are in the audience now; the policy treats the scores of ${number(people.treatable)}`,
    `${number(people.newEntries)} of them would enter in today's wave; about ${people.warnedPerDay.toFixed(1)} are warned a day`,
    ...people.openEntries.map(
      ({ version, entries }) => `${number(entries)} people in an open entry stay on version ${version}`,
    ),
  ];
}

function costLines(plan: CampaignPlan): string[] {
  const { currency } = plan;
  return [
    `about ${formatMinor(plan.costMinor, currency)} reserved for channels and offers in today's wave`,
    ...plan.codes.map((codes) => `about ${number(codes.wanted)} codes of the pool ${codes.pool}, ${sourceText(codes)}`),
    ...detectionLines(plan),
  ];
}

function sourceText({ source, free }: CampaignPlan['codes'][number]): string {
  switch (source) {
    case 'imported':
      return `which has ${number(free ?? 0)} free`;
    case 'made':
      return 'made when they are needed';
    case 'missing':
      return 'which does not exist';
  }
}

function policyText({ segment, action, live, file }: PolicyDifference): string {
  const numbers = (policy: { lo: number; hi: number; inside: number; outside: number }): string =>
    `${interval(policy)} e ${policy.inside}/${policy.outside}`;
  const shares = (policy: { armShares: Record<string, number> }): string =>
    Object.entries(policy.armShares)
      .map(([arm, share]) => `${arm} ${Number(share.toFixed(4))}`)
      .join(', ');
  return `${segment}/${action}: live ${numbers(live)} (${shares(live)}), file ${numbers(file)} (${shares(file)})`;
}
