import type { Campaign } from '../../../domain/campaign.schema.ts';
import { nearest } from '../../../domain/nearest.ts';
import type { Finding, KeyPath } from '../file/finding.ts';
import type { CampaignFacts } from './facts.ts';

/** Models, segments, reasons and events that no imported row has; silent about kinds of data of which there is none yet. */
export function nameFindings(campaign: Campaign, facts: CampaignFacts): Finding[] {
  const { audience, goal } = campaign;
  const { models, segments, reasons, eventTypes } = facts.names;
  const named = (kind: string, known: string[]) => (path: KeyPath, name: string) =>
    unknownName({ kind, known, path, name });
  const segment = named('segment', segments);
  const reason = named('reason', reasons);
  const event = named('type of event', eventTypes);
  return [
    ...named('warning model', models)(['audience', 'model'], audience.model),
    ...(audience.segments ?? []).flatMap((name, i) => segment(['audience', 'segments', i], name)),
    ...(audience.reasons ?? []).flatMap((name, i) => reason(['audience', 'reasons', i], name)),
    ...Object.keys(campaign.policy.segments).flatMap((name) => segment(['policy', 'segments', name], name)),
    ...campaign.actions.flatMap((action, a) =>
      (action.reasons ?? []).flatMap((name, i) => reason(['actions', a, 'reasons', i], name)),
    ),
    ...(campaign.survey?.options ?? []).flatMap((option, i) =>
      reason(['survey', 'options', i, 'reason'], option.reason),
    ),
    ...event(['goal', 'event'], goal.event),
    ...campaign.returnEvents.flatMap((name, i) => event(['returnEvents', i], name)),
    ...catalogueFindings(campaign, facts),
  ];
}

function unknownName(input: { kind: string; known: string[]; path: KeyPath; name: string }): Finding[] {
  const { kind, known, path, name } = input;
  if (known.length === 0 || known.includes(name)) return [];
  const meant = nearest(name, known);
  const fix = meant === undefined ? `the data have ${known.slice(0, 20).join(', ')}` : `did you mean ${meant}?`;
  // Reasons and events may be right before their first row comes, unless they are a slip of the pen.
  const severity = meant === undefined && kind !== 'segment' ? 'warning' : 'error';
  return [{ rule: 'unknown_name', severity, path, what: `the data have no ${kind} ${name}`, fix }];
}

function catalogueFindings(campaign: Campaign, facts: CampaignFacts): Finding[] {
  const filters = [campaign.audience.filter, campaign.highValue, ...campaign.actions.map((action) => action.when)];
  if (facts.catalogue.length > 0 || filters.every((text) => text === undefined)) return [];
  return [
    {
      rule: 'no_attributes',
      severity: 'warning',
      path: campaign.audience.filter === undefined ? ['actions'] : ['audience', 'filter'],
      what: 'no user has attributes yet, so the names in the filters could not be checked',
      fix: 'recallwave import users FILE, and lint again',
    },
  ];
}
