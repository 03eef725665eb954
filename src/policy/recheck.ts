import type { Category, ChannelName } from '../domain/words.ts';
import { exceededCap, type CapPolicy, type CountedContact } from './caps.ts';
import { nextFreeSlot } from './free-slot.ts';
import { nextAllowed, type AllowedMinutes } from './quiet-hours.ts';

/** What holds for all messages of a wave's step on one channel. */
export interface RecheckRules {
  caps: CapPolicy;
  allowed: AllowedMinutes;
  channel: ChannelName;
  category: Category;
}

/** What is known of a claimed message at the moment of its claim. */
export interface RecheckFacts {
  kind: string;
  /** null: unknown. */
  zone: string | null;
  expiresAt: Date;
  onCap: 'skip' | 'defer' | 'other_channel';
  consents: boolean;
  hasAddress: boolean;
  suppressed: boolean;
  refused: boolean;
  heldOut: boolean;
  returned: boolean;
  /** What caps count for the user, without this message. */
  history: readonly CountedContact[];
}

/** What becomes of a claimed message; `reason` is one of SEND_REASONS, for caps with the rule after a colon. */
export type Verdict =
  | { kind: 'send'; notAfter: Date }
  | { kind: 'defer'; until: Date; reason: string }
  | { kind: 'suppress' | 'expire' | 'cancel'; reason: string };

type Slot = { at: Date; windowEndsAt: Date | null } | null;

/** The checks that every message meets once more when it is claimed (rule 5, W6), for one moment `now`. */
export function createRecheck(rules: RecheckRules, now: Date): (facts: RecheckFacts) => Verdict {
  const slots = new Map<string, Slot>();
  const slotOf = (zone: string): Slot => {
    let slot = slots.get(zone);
    if (slot === undefined) {
      slot = nextAllowed(now, zone, rules.allowed);
      slots.set(zone, slot);
    }
    return slot;
  };
  return (facts) => {
    if (facts.expiresAt <= now) return { kind: 'expire', reason: 'stale' };
    if (facts.returned) return { kind: 'cancel', reason: 'returned' };
    if (!facts.consents) return { kind: 'suppress', reason: 'no_consent' };
    if (!facts.hasAddress) return { kind: 'suppress', reason: 'no_address' };
    if (facts.refused) return { kind: 'suppress', reason: 'category_refused' };
    if (facts.suppressed) return { kind: 'suppress', reason: 'suppressed' };
    if (facts.heldOut) return { kind: 'suppress', reason: 'global_holdout' };
    return timed({ rules, facts, now, slot: slotOf(facts.zone ?? 'utc') });
  };
}

/** Caps and allowed hours: now, later with a fresh check, or not at all. */
function timed(input: { rules: RecheckRules; facts: RecheckFacts; now: Date; slot: Slot }): Verdict {
  const { rules, facts, now, slot } = input;
  // Without a zone only hours that are open round the clock are safe: nobody is sent to blind.
  if (facts.zone === null && slot?.windowEndsAt !== null) return { kind: 'suppress', reason: 'timezone_unknown' };
  const question = { at: now, zone: facts.zone, channel: rules.channel, category: rules.category, kind: facts.kind };
  const open = slot !== null && slot.at <= now;
  if (open) {
    const cap = exceededCap(rules.caps, facts.history, { question, mode: 'claim' });
    if (cap === null) return { kind: 'send', notAfter: earlier(facts.expiresAt, slot.windowEndsAt) };
    if (facts.onCap !== 'defer') return { kind: 'suppress', reason: cap };
    return later(input, { question, reason: cap }) ?? { kind: 'suppress', reason: cap };
  }
  if (slot === null || slot.at >= facts.expiresAt) return { kind: 'expire', reason: 'quiet_hours' };
  const cap = exceededCap(rules.caps, facts.history, { question: { ...question, at: slot.at }, mode: 'plan' });
  if (cap === null) return { kind: 'defer', until: slot.at, reason: 'quiet_hours' };
  if (facts.onCap !== 'defer') return { kind: 'suppress', reason: cap };
  return later(input, { question, reason: cap }) ?? { kind: 'suppress', reason: cap };
}

function later(
  input: { rules: RecheckRules; facts: RecheckFacts },
  what: { question: Parameters<typeof nextFreeSlot>[0]['question']; reason: string },
): Verdict | null {
  const until = nextFreeSlot({
    policy: input.rules.caps,
    history: input.facts.history,
    question: what.question,
    allowed: input.rules.allowed,
    until: input.facts.expiresAt,
  });
  return until ? { kind: 'defer', until, reason: what.reason } : null;
}

function earlier(a: Date, b: Date | null): Date {
  return b !== null && b < a ? b : a;
}
