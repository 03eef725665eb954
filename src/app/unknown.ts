import type { Knex } from 'knex';
import { findReceipt } from '../db/queries/receipts.ts';
import { listUnknown, settleUnknown, type UnknownRow } from '../db/queries/unknown.ts';
import type { Actor } from '../domain/actor.ts';
import { RecallwaveError } from '../domain/failures.ts';
import { namedWave } from './named.ts';

export type { UnknownRow } from '../db/queries/unknown.ts';

/** Messages that may or may not have gone out, of a wave (by any of its names) or of all. */
export async function unknownMessages(input: {
  db: Knex;
  wave?: string | undefined;
  limit: number;
}): Promise<UnknownRow[]> {
  const waveNo = input.wave === undefined ? null : (await namedWave(input.db, input.wave)).waveNo;
  return listUnknown(input.db, { waveNo, limit: input.limit });
}

interface Settlement {
  db: Knex;
  as: 'sent' | 'not_sent';
  actor: Actor;
  reason: string;
}

/** Settles one unknown message by a person's word. Throws NotFound; BadInput where its fate is known. */
export async function settleMessage(input: Settlement & { messageNo: number }): Promise<{ settled: number }> {
  const { db, messageNo } = input;
  const message = await findReceipt(db, { messageNo });
  if (!message) {
    throw new RecallwaveError(
      'NotFound',
      `there is no message ${messageNo}`,
      'see them with `recallwave unknown list`',
    );
  }
  const settled = await settleUnknown(db, { ...input, waveNo: message.waveNo });
  if (settled > 0) return { settled };
  throw new RecallwaveError(
    'BadInput',
    `message ${messageNo} is ${message.state}, not UNKNOWN`,
    `nothing is to be settled; see \`recallwave receipt ${messageNo}\``,
  );
}

/** Settles every unknown message of a wave; 0 when there is none. */
export async function settleWave(input: Settlement & { wave: string }): Promise<{ settled: number }> {
  const { waveNo } = await namedWave(input.db, input.wave);
  return { settled: await settleUnknown(input.db, { ...input, waveNo, messageNo: null }) };
}
