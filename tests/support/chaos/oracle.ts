import type { Knex } from 'knex';
import { readAcceptances } from '../../../src/channels/stand-ins/acceptances.ts';
import type { MessageState } from '../../../src/domain/words.ts';

/** What the stand-ins' file says about the messages of waves, against what the database says. */
export interface Verdict {
  states: Partial<Record<MessageState, number>>;
  /** Acceptances beyond the first of a delivery. */
  extraCopies: number;
  /** ACCEPTED in the database, in no acceptance file: the customer never got it, and nobody would know. */
  silentlyLost: number;
  /** Accepted out there, but in a state that says it was not sent. */
  unadmitted: number;
  /** In no end state after the drain. */
  open: number;
}

/** Compares the acceptance file with the rows of the waves. */
export async function judge(db: Knex, input: { waveNos: number[]; acceptancesFile: string }): Promise<Verdict> {
  const rows = await db('messages')
    .whereIn('wave_no', input.waveNos)
    .select<{ delivery_id: string; state: MessageState }[]>('delivery_id', 'state');
  const accepted = new Map<string, number>();
  for (const { deliveryId } of await readAcceptances(input.acceptancesFile)) {
    if (deliveryId !== null) accepted.set(deliveryId, (accepted.get(deliveryId) ?? 0) + 1);
  }
  const verdict: Verdict = { states: {}, extraCopies: 0, silentlyLost: 0, unadmitted: 0, open: 0 };
  for (const { delivery_id, state } of rows) {
    const copies = accepted.get(delivery_id) ?? 0;
    verdict.states[state] = (verdict.states[state] ?? 0) + 1;
    verdict.extraCopies += Math.max(0, copies - 1);
    if (state === 'ACCEPTED' && copies === 0) verdict.silentlyLost += 1;
    if (copies > 0 && state !== 'ACCEPTED' && state !== 'UNKNOWN') verdict.unadmitted += 1;
    if (['PLANNED', 'CLAIMED', 'SUBMITTING', 'DEFERRED'].includes(state)) verdict.open += 1;
  }
  return verdict;
}

/** A verdict without fault. */
export const FLAWLESS = { extraCopies: 0, silentlyLost: 0, unadmitted: 0, open: 0 };
