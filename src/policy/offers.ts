import type { Campaign } from '../domain/campaign.schema.ts';
import { minorUnits } from '../domain/money.ts';
import type { Settings } from '../domain/settings.schema.ts';
import { CHANNELS, type ChannelName } from '../domain/words.ts';
import { allowedMinutes, type AllowedMinutes } from './quiet-hours.ts';

/** One way to carry an arm's step: a channel in its order of preference, with what it costs and gives away. */
export interface Offer {
  action: string;
  arm: string;
  /** 0 is the preferred channel. */
  ord: number;
  channel: ChannelName;
  onCap: 'skip' | 'defer' | 'other_channel';
  kind: string;
  /** What the channel costs. */
  costMinor: number;
  /** What the offer costs when it is used; reserved in full until the message is settled. */
  offerCostMinor: number;
  pool: string | null;
}

/** The ways to carry each arm's step, in the campaign's order of preference. */
export function offersOf(campaign: Campaign, step: number): Offer[] {
  return campaign.actions.flatMap((action) =>
    action.arms.flatMap((arm) => {
      const plan = arm.steps[step - 1];
      return (plan?.channels ?? []).map((channel, ord) => ({
        action: action.id,
        arm: arm.id,
        ord,
        channel,
        onCap: plan?.onCap ?? 'skip',
        kind: action.kind,
        costMinor: minorUnits(campaign.costs[channel], campaign.currency),
        offerCostMinor: minorUnits(arm.offer?.cost ?? 0, campaign.currency),
        pool: arm.offer?.pool ?? null,
      }));
    }),
  );
}

/** Channels that any step of the campaign uses, in the order of the product's list. */
export function channelsOf(campaign: Campaign): ChannelName[] {
  const used = new Set(campaign.actions.flatMap((a) => a.arms.flatMap((arm) => arm.steps.flatMap((s) => s.channels))));
  return CHANNELS.filter((channel) => used.has(channel));
}

/** The minutes of the day that company and campaign both allow, per channel. */
export function allowedHoursOf(campaign: Campaign, settings: Settings): Record<ChannelName, AllowedMinutes> {
  const of = (channel: ChannelName): AllowedMinutes =>
    allowedMinutes([settings.allowedHours[channel], campaign.allowedHours[channel]]);
  return { email: of('email'), sms: of('sms'), push: of('push'), task: of('task') };
}
