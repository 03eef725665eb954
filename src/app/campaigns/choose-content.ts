import type { Arm, Campaign, CampaignAction, Step } from '../../domain/campaign.schema.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import type { ChannelName } from '../../domain/words.ts';
import { type AttributeType, compileFilter, type FilterUser } from '../../policy/filters/compile-filter.ts';

/** Which of a campaign's texts to show; what is left out is chosen. `step` counts from 1. */
export interface ContentWish {
  action?: string | undefined;
  arm?: string | undefined;
  step?: number | undefined;
  channel?: ChannelName | undefined;
}

/** One text of a campaign, by name. */
export interface ChosenContent {
  action: CampaignAction;
  arm: Arm;
  step: number;
  channel: ChannelName;
}

/** The texts of one step of an arm; `step` counts from 1. */
export interface ContentChoice {
  action: string;
  arm: string;
  step: number;
  channels: ChannelName[];
}

/** Every text of a campaign, in its order. */
export function contentChoices(campaign: Campaign): ContentChoice[] {
  return campaign.actions.flatMap((action) =>
    action.arms.flatMap((arm) =>
      arm.steps.map((step, index) => ({ action: action.id, arm: arm.id, step: index + 1, channels: step.channels })),
    ),
  );
}

/** For whom: without a user the first action is taken. `reasons` are those of the user's newest warning. */
export interface ContentAudience {
  user: FilterUser | null;
  reasons: readonly string[];
  catalogue: readonly AttributeType[];
  now: Date;
}

/**
 * The text that a wish names: the action by the user's reasons and attributes as the ladder takes it, the first arm that sends
 * anything (the control last), the first step, its first channel. Throws NotFound with what there is.
 */
export function chooseContent(campaign: Campaign, wish: ContentWish, audience: ContentAudience): ChosenContent {
  const action = chooseAction(campaign, wish, audience);
  const arm = chooseArm(action, wish);
  const number = wish.step ?? 1;
  const step = arm.steps[number - 1];
  if (!step) {
    throw missing(
      `arm ${arm.id} of ${action.id} has no step ${number}`,
      arm.steps.map((_, i) => String(i + 1)),
    );
  }
  return { action, arm, step: number, channel: chooseChannel(step, wish) };
}

function chooseAction(campaign: Campaign, wish: ContentWish, audience: ContentAudience): CampaignAction {
  const ids = campaign.actions.map((each) => each.id);
  if (wish.action !== undefined) {
    const named = campaign.actions.find((each) => each.id === wish.action);
    if (!named) throw missing(`${campaign.campaign} has no action ${wish.action}`, ids);
    return named;
  }
  const fitting = campaign.actions.find((each) => fits(each, audience));
  if (!fitting) throw missing(`no action of ${campaign.campaign} is for this user`, ids, 'name one with --action');
  return fitting;
}

function fits(action: CampaignAction, { user, reasons, catalogue, now }: ContentAudience): boolean {
  if (!user) return true;
  if (action.reasons && !action.reasons.some((reason) => reasons.includes(reason))) return false;
  return action.when === undefined || compileFilter(action.when, catalogue).matches(user, now);
}

function chooseArm(action: CampaignAction, wish: ContentWish): Arm {
  const ids = action.arms.map((each) => each.id);
  if (wish.arm !== undefined) {
    const named = action.arms.find((each) => each.id === wish.arm);
    if (!named) throw missing(`action ${action.id} has no arm ${wish.arm}`, ids);
    if (named.steps.length === 0) throw missing(`arm ${named.id} sends nothing`, ids);
    return named;
  }
  const sending = action.arms.filter((each) => each.steps.length > 0);
  const arm = sending.find((each) => !each.control) ?? sending[0];
  if (!arm) throw missing(`no arm of ${action.id} sends anything`, ids);
  return arm;
}

function chooseChannel(step: Step, wish: ContentWish): ChannelName {
  const channel = step.channels.find((each) => wish.channel === undefined || each === wish.channel);
  if (!channel) throw missing(`this step has no text for ${wish.channel}`, step.channels);
  return channel;
}

function missing(what: string, known: readonly string[], fix?: string): RecallwaveError {
  return new RecallwaveError('NotFound', what, `${fix ?? 'there is'}: ${known.join(', ')}`);
}
