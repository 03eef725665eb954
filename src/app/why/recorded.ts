import type { RecordedEntry } from '../../db/queries/recorded-entry.ts';
import { formatMinor } from '../../domain/money.ts';
import { at, list } from './words.ts';

/** What is known of a user in a wave that was recorded elsewhere, in one sentence. */
export function recordedAnswer(entry: RecordedEntry | undefined, currency: string): string {
  if (!entry) return 'not in the recorded experiment that this wave holds; nothing was sent from here';
  const { action, group, contacted, openedAt, windowEndsAt } = entry;
  const sent = contacted ? 'contacted there' : 'not contacted there';
  const outcomes = entry.outcomes.map(({ type, count, valueMinor }) => {
    const times = count > 1 ? ` × ${count}` : '';
    return `${type}${times}${valueMinor === null ? '' : ` of ${formatMinor(valueMinor, currency)}`}`;
  });
  const came = outcomes.length > 0 ? `came ${list(outcomes)}` : 'nothing came';
  return [
    `in ${group} of ${action} since ${at(openedAt)}, by a recorded experiment (${entry.source}, ${entry.actor})`,
    `${sent}, nothing was sent from here`,
    `up to ${at(windowEndsAt)} ${came}`,
  ].join('; ');
}
