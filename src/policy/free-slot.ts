import { calendarBounds } from './cap-windows.ts';
import { exceededCap, type CapPolicy, type CapQuestion, type CountedContact } from './caps.ts';
import { durationMs } from './duration.ts';
import { nextAllowed, type AllowedMinutes } from './quiet-hours.ts';

const MAX_TRIES = 500;

/** Moments at which some cap may open again after `at`. */
function openings(policy: CapPolicy, history: readonly CountedContact[], question: CapQuestion): number[] {
  const lengths = policy.rules.flatMap((rule) =>
    rule.per === 'day' || rule.per === 'week' || rule.per === 'month' ? [] : [durationMs(rule.per)],
  );
  const rolling = [...lengths, policy.minGapMs].filter((length) => length > 0);
  const bounds = calendarBounds(question.at, question.zone);
  return [
    bounds.day.to.getTime(),
    bounds.week.to.getTime(),
    bounds.month.to.getTime(),
    ...history.flatMap((contact) => rolling.map((length) => contact.at.getTime() + length)),
  ].filter((moment) => moment > question.at.getTime());
}

/**
 * The first moment from `question.at` on that the caps and the allowed hours leave free; null when there is none
 * before `until`. Used to move a reservation when a message is deferred (rule 9).
 */
export function nextFreeSlot(input: {
  policy: CapPolicy;
  history: readonly CountedContact[];
  question: CapQuestion;
  allowed: AllowedMinutes;
  until: Date;
}): Date | null {
  let from = input.question.at;
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const slot = nextAllowed(from, input.question.zone ?? 'utc', input.allowed);
    if (!slot || slot.at >= input.until) return null;
    const question = { ...input.question, at: slot.at };
    if (exceededCap(input.policy, input.history, { question, mode: 'plan' }) === null) return slot.at;
    from = new Date(Math.min(...openings(input.policy, input.history, question)));
  }
  return null;
}
