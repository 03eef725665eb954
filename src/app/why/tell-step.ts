import type { AttemptRow } from '../../db/queries/receipts.ts';
import { RUNGS, type Rung } from '../../domain/words.ts';
import type { Case } from './case.ts';
import { messageStory } from './message-story.ts';
import { CHANCE, PASSED, STOPPED } from './sentences.ts';

/** One line of the story. `ghost`: what a held-out user met after the draw, without consuming anything. */
export interface StoryLine {
  rung: Rung | 'message';
  outcome: 'passed' | 'stopped' | 'chance' | 'held_out' | 'ghost_passed' | 'ghost_stopped' | 'message';
  text: string;
}

/** Rungs that a follow-up step walks again. */
const FOLLOW_UP: readonly Rung[] = ['suppression', 'returned', 'channel', 'caps', 'quiet_hours', 'budget', 'coupon'];

function stoppedText(facts: Case, reason: string | null): string {
  const [key = '', ...detail] = (reason ?? '').split(':');
  return STOPPED[key]?.(facts, detail.join(':')) ?? (reason ?? 'no reason was stored').replaceAll('_', ' ');
}

function before(rungs: readonly Rung[], rung: Rung): Rung[] {
  return rungs.slice(0, rungs.indexOf(rung));
}

function passed(facts: Case, rungs: readonly Rung[], outcome: 'passed' | 'ghost_passed'): StoryLine[] {
  return rungs.flatMap((rung): StoryLine[] => {
    if (rung === 'assignment' && outcome === 'passed') return [{ rung, outcome: 'chance', text: CHANCE(facts) }];
    const text = PASSED[rung](facts);
    return text === null ? [] : [{ rung, outcome, text }];
  });
}

/** A held-out user's way ends at the draw; what follows is the ghost's. */
function heldOut(facts: Case, rungs: readonly Rung[]): StoryLine[] {
  const { rung, reason } = facts.way;
  const late = rungs.slice(rungs.indexOf('channel'));
  const ghostRung = late.find((candidate) => candidate === rung);
  const draw: StoryLine[] = rungs.includes('assignment')
    ? [{ rung: 'assignment', outcome: 'chance', text: CHANCE(facts) }]
    : [];
  const end: StoryLine = { rung: 'assignment', outcome: 'held_out', text: stoppedText(facts, reason) };
  const early = rungs.slice(0, Math.max(rungs.indexOf('assignment'), 0));
  const start = [...passed(facts, early, 'passed'), ...draw, end];
  // A control arm that gets nothing has no later rungs.
  if (reason === 'control') return start;
  if (!ghostRung) return [...start, ...passed(facts, late, 'ghost_passed')];
  return [
    ...start,
    ...passed(facts, before(late, ghostRung), 'ghost_passed'),
    { rung: ghostRung, outcome: 'ghost_stopped', text: `would have stopped here: ${ghostRung.replace('_', ' ')}` },
  ];
}

/** The story of one step, from the warning to the provider's answer. */
export function tellStep(facts: Case, attempts: readonly AttemptRow[]): StoryLine[] {
  const { disposition, rung, reason } = facts.way;
  const rungs = facts.way.step === 1 ? RUNGS : FOLLOW_UP;
  if (disposition === 'held_out') return heldOut(facts, rungs);
  const stop = rungs.find((candidate) => candidate === rung);
  if (disposition === 'blocked') {
    return [
      ...passed(facts, stop ? before(rungs, stop) : [], 'passed'),
      { rung: stop ?? 'channel', outcome: 'stopped', text: stoppedText(facts, reason) },
    ];
  }
  const story = facts.message
    ? messageStory(facts.message, attempts)
    : ['no message was written: run `recallwave prove`'];
  return [
    ...passed(facts, rungs, 'passed'),
    ...story.map((text): StoryLine => ({ rung: 'message', outcome: 'message', text })),
  ];
}

/** The step in one sentence. */
export function verdict(facts: Case, lines: readonly StoryLine[]): string {
  const end = lines.findLast((line) => line.outcome === 'stopped' || line.outcome === 'held_out');
  if (end) return `not contacted: ${end.text}`;
  const { message } = facts;
  if (!message) return 'planned, but without a message';
  const [, ...rest] = messageStory(message, []);
  return `message ${message.messageNo} by ${message.channel}: ${rest[0] ?? message.state}`;
}
