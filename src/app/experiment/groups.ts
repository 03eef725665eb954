import type { Campaign, CampaignAction } from '../../domain/campaign.schema.ts';
import type { Assignment } from '../../domain/words.ts';

/** Where a recorded row belongs in a campaign. */
export interface RecordedGroup {
  action: string;
  assignment: Assignment;
  /** null: held out. */
  arm: string | null;
}

const HELD_OUT: Record<string, Assignment> = {
  holdout: 'holdout',
  'hold-out': 'holdout',
  'held-out': 'holdout',
  'global-holdout': 'global_holdout',
};

/**
 * Finds the group of a row by what its `arm` cell says: an arm's id, its name in any case and punctuation, or holdout. With several actions
 * the one whose reasons fit the row's, else the first. The answer is a reason where the campaign has no such group.
 */
export function groupFinder(
  campaign: Pick<Campaign, 'actions'>,
): (row: { arm: string; reasons: readonly string[] }) => RecordedGroup | { reason: string } {
  const { actions } = campaign;
  return ({ arm: name, reasons }) => {
    const withArm = armNames(actions, name);
    if (withArm.length > 0) {
      const action = fitting(withArm, reasons);
      const arm = action.arms.find((one) => one.id === name) ?? action.arms.find((one) => one.id === slug(name));
      if (arm) return { action: action.id, assignment: 'arm', arm: arm.id };
    }
    const assignment = HELD_OUT[slug(name)];
    if (assignment !== undefined) return { action: fitting(actions, reasons).id, assignment, arm: null };
    const known = [...new Set(actions.flatMap((action) => action.arms.map((arm) => arm.id)))].join(', ');
    return { reason: `the campaign has no arm ${name}: it has ${known}; holdout` };
  };
}

function armNames(actions: readonly CampaignAction[], name: string): readonly CampaignAction[] {
  const exact = actions.filter((action) => action.arms.some((arm) => arm.id === name));
  return exact.length > 0 ? exact : actions.filter((action) => action.arms.some((arm) => arm.id === slug(name)));
}

function fitting(actions: readonly CampaignAction[], reasons: readonly string[]): CampaignAction {
  const found = actions.find((action) => action.reasons?.some((reason) => reasons.includes(reason))) ?? actions[0];
  if (!found) throw new Error('a campaign has at least one action');
  return found;
}

/** "Mens E-Mail" as mens-e-mail. */
function slug(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
}
