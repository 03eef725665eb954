import type { Campaign, Step } from '../../../domain/campaign.schema.ts';
import type { Finding, KeyPath } from '../file/finding.ts';

/** Follow-up steps that have no day, or whose days don't ascend. */
export function stepFindings(campaign: Campaign): Finding[] {
  return campaign.actions.flatMap((action, a) =>
    action.arms.flatMap((arm, b) =>
      arm.steps.flatMap((step, index) =>
        dayFindings({
          step,
          before: arm.steps[index - 1],
          path: ['actions', a, 'arms', b, 'steps', index],
          windowDays: campaign.goal.windowDays,
        }),
      ),
    ),
  );
}

function dayFindings(input: { step: Step; before: Step | undefined; path: KeyPath; windowDays: number }): Finding[] {
  const { step, before, path, windowDays } = input;
  const at = { rule: 'step_days', path: [...path, 'afterDays'] };
  const day = step.afterDays;
  if (before === undefined) {
    if (day === undefined) return [];
    return [{ ...at, severity: 'error', what: 'the first step is sent by the wave itself', fix: 'take afterDays out' }];
  }
  if (day === undefined) {
    const fix = 'add afterDays: how many days after the first touch';
    return [{ ...at, path, severity: 'error', what: 'a follow-up step needs a day', fix }];
  }
  if (day <= (before.afterDays ?? 0)) {
    const fix = `use more than ${before.afterDays}; days count from the first touch`;
    return [{ ...at, severity: 'error', what: `day ${day} is not after the step before it`, fix }];
  }
  if (day <= windowDays) return [];
  const what = `day ${day} is after the outcome window of ${windowDays} days, so it can't be measured`;
  return [{ ...at, severity: 'warning', what, fix: 'send earlier, or widen goal.windowDays' }];
}
