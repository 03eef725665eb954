import type { Campaign } from '../../../domain/campaign.schema.ts';
import type { Finding, KeyPath } from '../file/finding.ts';

/** Names that stand twice where each must be one of its kind. */
export function duplicateFindings(campaign: Campaign): Finding[] {
  return [
    ...duplicates(
      campaign.actions.map((action) => action.id),
      (index) => ['actions', index, 'id'],
    ),
    ...campaign.actions.flatMap((action, a) =>
      duplicates(
        action.arms.map((arm) => arm.id),
        (index) => ['actions', a, 'arms', index, 'id'],
      ),
    ),
    ...duplicates(
      campaign.caps.rules.map((rule) => rule.id),
      (index) => ['caps', 'rules', index, 'id'],
    ),
    ...duplicates(campaign.locales, (index) => ['locales', index]),
    ...campaign.actions.flatMap((action, a) =>
      action.arms.flatMap((arm, b) =>
        arm.steps.flatMap((step, s) =>
          duplicates(step.channels, (index) => ['actions', a, 'arms', b, 'steps', s, 'channels', index]),
        ),
      ),
    ),
  ];
}

function duplicates(names: readonly string[], pathOf: (index: number) => KeyPath): Finding[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [
          {
            rule: 'duplicate',
            severity: 'error' as const,
            path: pathOf(index),
            what: `${name} stands here a second time`,
            fix: 'use another name, or take it out',
          },
        ],
  );
}
