import type { Campaign, Step } from '../../../domain/campaign.schema.ts';
import type { Finding, KeyPath } from '../file/finding.ts';

/** Follow-up steps that have no day, whose days don't ascend, or that fall on another day than the same step of other arms. */
export function stepFindings(campaign: Campaign): Finding[] {
  const days = firstDays(campaign);
  return campaign.actions.flatMap((action, a) =>
    action.arms.flatMap((arm, b) =>
      arm.steps.flatMap((step, index) =>
        dayFindings({
          day: days[index],
          step,
          before: arm.steps[index - 1],
          path: ['actions', a, 'arms', b, 'steps', index],
          windowDays: campaign.goal.windowDays,
        }),
      ),
    ),
  );
}

/** The day of each step in the first arm that has it: a wave plans a step once, for all arms. */
function firstDays(campaign: Campaign): (number | undefined)[] {
  const arms = campaign.actions.flatMap((action) => action.arms);
  const longest = Math.max(...arms.map((arm) => arm.steps.length));
  return Array.from({ length: longest }, (_, index) => arms.find((arm) => arm.steps[index])?.steps[index]?.afterDays);
}

interface StepPlace {
  step: Step;
  before: Step | undefined;
  /** Of the same step in the first arm that has it. */
  day: number | undefined;
  path: KeyPath;
  windowDays: number;
}

function dayFindings(input: StepPlace): Finding[] {
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
  if (input.day !== undefined && day !== input.day) {
    const fix = `use ${input.day}, or make it a step of its own: a wave sends a step to all its arms on one day`;
    return [{ ...at, severity: 'error', what: `the same step is on day ${input.day} in another arm`, fix }];
  }
  if (day <= windowDays) return [];
  const what = `day ${day} is after the outcome window of ${windowDays} days, so it can't be measured`;
  return [{ ...at, severity: 'warning', what, fix: 'send earlier, or widen goal.windowDays' }];
}
