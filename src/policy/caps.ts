import type { CapRule } from '../domain/campaign.schema.ts';
import type { Category, ChannelName } from '../domain/words.ts';
import { calendarBounds, type CalendarUnit } from './cap-windows.ts';
import { durationMs } from './duration.ts';

/** A message or an imported contact that caps count, with the time it counts at. `kind`: action kind, null for contacts. */
export interface CountedContact {
  at: Date;
  channel: string;
  category: string;
  kind: string | null;
}

/** All rules that hold for a message: the company's and the campaign's together, the strictest wins. */
export interface CapPolicy {
  rules: readonly CapRule[];
  minGapMs: number;
  noRepeat: boolean;
}

/** The message that asks. `zone` null: unknown, calendar units are widened. */
export interface CapQuestion {
  at: Date;
  zone: string | null;
  channel: ChannelName;
  category: Category;
  kind: string;
}

/** 'plan' looks on both sides of the planned time, since other reservations may lie after it; 'claim' looks back from now. */
export type CapMode = 'plan' | 'claim';

function isCalendar(per: CapRule['per']): per is CalendarUnit {
  return per === 'day' || per === 'week' || per === 'month';
}

/** True when the rule speaks of this message. A channel or category rule that names none holds for each one by itself. */
export function ruleApplies(rule: CapRule, message: { channel: string; category: string }): boolean {
  if (rule.scope === 'channel') return rule.channel === undefined || rule.channel === message.channel;
  if (rule.scope === 'category') return rule.category === undefined || rule.category === message.category;
  return true;
}

function sameScope(rule: CapRule, contact: CountedContact, message: CapQuestion): boolean {
  if (rule.scope === 'channel') return contact.channel === message.channel;
  if (rule.scope === 'category') return contact.category === message.category;
  return true;
}

function inWindow(
  rule: CapRule,
  contact: CountedContact,
  { question, mode }: { question: CapQuestion; mode: CapMode },
): boolean {
  if (isCalendar(rule.per)) {
    const { from, to } = calendarBounds(question.at, question.zone)[rule.per];
    return contact.at >= from && contact.at < to;
  }
  const distance = question.at.getTime() - contact.at.getTime();
  const length = durationMs(rule.per);
  return distance < length && (mode === 'plan' ? distance > -length : distance >= 0);
}

/** How many of `history` a rule counts against one more message. */
export function usedUnder(
  rule: CapRule,
  history: readonly CountedContact[],
  { question, mode }: { question: CapQuestion; mode: CapMode },
): number {
  return history.filter((c) => sameScope(rule, c, question) && inWindow(rule, c, { question, mode })).length;
}

function lastKind(history: readonly CountedContact[], at: Date): string | null {
  const before = history.filter((contact) => contact.kind !== null && contact.at <= at);
  return before.toSorted((a, b) => b.at.getTime() - a.at.getTime())[0]?.kind ?? null;
}

/**
 * The first cap that one more message would pass: `cap:<rule id>`, `min_gap` or `same_kind`; null when none.
 * Transactional messages are exempt.
 */
export function exceededCap(
  policy: CapPolicy,
  history: readonly CountedContact[],
  { question, mode }: { question: CapQuestion; mode: CapMode },
): string | null {
  if (question.category === 'transactional') return null;
  for (const rule of policy.rules) {
    if (!ruleApplies(rule, question)) continue;
    if (usedUnder(rule, history, { question, mode }) >= rule.max) return `cap:${rule.id}`;
  }
  const gap = policy.minGapMs;
  const near = (contact: CountedContact): boolean => {
    const distance = question.at.getTime() - contact.at.getTime();
    return distance < gap && (mode === 'plan' ? distance > -gap : distance >= 0);
  };
  if (gap > 0 && history.some(near)) return 'min_gap';
  if (policy.noRepeat && lastKind(history, question.at) === question.kind) return 'same_kind';
  return null;
}

/** How far back, in milliseconds, the policy can look. */
export function capHorizonMs(policy: CapPolicy): number {
  const unit = { day: 2, week: 9, month: 33 } as const;
  const lengths = policy.rules.map((rule) =>
    isCalendar(rule.per) ? unit[rule.per] * 86_400_000 : durationMs(rule.per),
  );
  return Math.max(policy.minGapMs, policy.noRepeat ? 90 * 86_400_000 : 0, ...lengths, 0);
}

/** The company's and a campaign's caps as one policy. */
export function joinCaps(
  sets: readonly { rules: readonly CapRule[]; minGap?: string | undefined }[],
  noRepeat: boolean,
): CapPolicy {
  return {
    rules: sets.flatMap((set) => set.rules),
    minGapMs: Math.max(0, ...sets.map((set) => (set.minGap === undefined ? 0 : durationMs(set.minGap)))),
    noRepeat,
  };
}
