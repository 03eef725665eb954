import type { ActionKind } from '../domain/words.ts';

/** Kinds of action that answer a churn reason badly, and why. Reasons are the models' own words; those not here are free. */
const UNSUITED: Record<string, { kinds: readonly ActionKind[]; why: string }> = {
  service_issue: {
    kinds: ['coupon', 'points', 'group_buy', 'upgrade', 'gift_pack'],
    why: 'who waits for help takes an offer as an insult',
  },
  price: { kinds: ['tutorial'], why: 'who finds it too dear does not need to be taught' },
  onboarding_stuck: { kinds: ['coupon', 'points', 'group_buy', 'upgrade'], why: 'who is stuck needs help first' },
  level_too_hard: { kinds: ['coupon', 'group_buy'], why: 'who can not go on needs power or advice' },
  content_used_up: { kinds: ['tutorial', 'gift_pack'], why: 'who has seen it all needs something new' },
  payment_page: { kinds: ['content', 'survey'], why: 'who stopped at paying needs help to pay' },
};

const SYNONYMS: Record<string, string> = {
  complaint: 'service_issue',
  bad_service: 'service_issue',
  outage: 'service_issue',
  too_expensive: 'price',
  expensive: 'price',
  onboarding: 'onboarding_stuck',
  too_hard: 'level_too_hard',
  stuck_level: 'level_too_hard',
  content_exhausted: 'content_used_up',
  no_new_content: 'content_used_up',
  payment_failed: 'payment_page',
};

/** Why a kind of action doesn't suit a reason; null where it does or nobody knows. */
export function unsuitedBecause(kind: ActionKind, reason: string): string | null {
  const name = reason.toLowerCase().replaceAll(/[\s-]/g, '_');
  const entry = UNSUITED[SYNONYMS[name] ?? name];
  return entry?.kinds.includes(kind) ? entry.why : null;
}
