import { effectiveZone } from '../../db/planning/zones.ts';
import type { ClaimedMessage } from '../../db/queries/outbox/claim.ts';
import type { OutboxPart } from '../../db/queries/outbox/gate.ts';
import type { Settings } from '../../domain/settings.schema.ts';
import { drawGlobalHoldout } from '../../experiments/assign.ts';
import { capHorizonMs, joinCaps } from '../../policy/caps.ts';
import { allowedHoursOf, offersOf } from '../../policy/offers.ts';
import { createRecheck, type Verdict } from '../../policy/recheck.ts';
import type { WaveKit } from './wave-kit.ts';

/** The re-check of one claim, bound to its moment. */
export interface ClaimRules {
  decide: (message: ClaimedMessage) => Verdict;
  /** How far back the caps look; null: none can stop these messages. */
  historySince: Date | null;
}

/** Campaign and company rules for a claim at `now`. */
export function claimRules(input: {
  kit: WaveKit;
  settings: Settings;
  part: OutboxPart;
  now: Date;
  holdout: { salt: string; share: number } | null;
}): ClaimRules {
  const { kit, settings, part, now, holdout } = input;
  const { campaign } = kit;
  const caps = joinCaps([settings.caps, campaign.caps], campaign.noRepeat);
  const horizon = campaign.category === 'transactional' ? 0 : capHorizonMs(caps);
  const allowed = allowedHoursOf(campaign, settings)[part.channel];
  const recheck = createRecheck({ caps, allowed, channel: part.channel, category: campaign.category }, now);
  const zoneOf = zones(settings.defaultTimezone ?? null);
  const onCap = new Map(offersOf(campaign, part.step).map((offer) => [`${offer.action}/${offer.arm}`, offer.onCap]));
  return {
    historySince: horizon === 0 ? null : new Date(now.getTime() - horizon),
    decide: (message) =>
      recheck({
        ...message,
        zone: zoneOf(message.timezone),
        onCap: onCap.get(`${message.action}/${message.arm}`) ?? 'skip',
        hasAddress: hasAddress(message),
        heldOut: holdout !== null && drawGlobalHoldout({ salt: holdout.salt, userId: message.userId }) < holdout.share,
      }),
  };
}

/** Checking a zone's name costs more than the rest of a re-check: once per name and claim. */
function zones(fallback: string | null): (timezone: string | null) => string | null {
  const known = new Map<string | null, string | null>();
  return (timezone) => {
    let zone = known.get(timezone);
    if (zone === undefined) {
      zone = effectiveZone(timezone, fallback);
      known.set(timezone, zone);
    }
    return zone;
  };
}

function hasAddress(message: ClaimedMessage): boolean {
  switch (message.channel) {
    case 'email':
      return message.email !== null;
    case 'sms':
      return message.phone !== null;
    case 'push':
      return message.subscriptions.length > 0;
    case 'task':
      return true;
  }
}
