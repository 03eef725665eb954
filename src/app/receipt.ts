import type { Knex } from 'knex';
import {
  attemptsOf,
  findEntry,
  findReceipt,
  findWarning,
  type AttemptRow,
  type EntryRow,
  type ReceiptRow,
  type WarningRow,
} from '../db/queries/receipts.ts';
import { settingsVersions } from '../db/queries/proof-acceptances.ts';
import { RecallwaveError } from '../domain/failures.ts';
import { masked } from './why/words.ts';

/** The receipt of one message (point 9): what went in, by which versions and chances, what was reserved, what came back. */
export interface Receipt {
  message: Omit<ReceiptRow, 'code'> & { code: string | null };
  warning: WarningRow | null;
  entry: EntryRow | null;
  settingsVersion: number;
  attempts: AttemptRow[];
}

/** The receipt of a message number or delivery id; the coupon code is masked. Throws NotFound and BadInput. */
export async function receipt(input: { db: Knex; id: string }): Promise<Receipt> {
  const { db, id } = input;
  const message = await findReceipt(db, referenceOf(id));
  if (!message) {
    throw new RecallwaveError(
      'NotFound',
      `there is no message "${id}"`,
      "see the numbers of a user's messages with `recallwave why USER` or `recallwave user show USER`",
    );
  }
  const entry = (await findEntry(db, message.entryNo)) ?? null;
  return {
    message: { ...message, code: message.code === null ? null : masked(message.code) },
    warning: entry ? ((await findWarning(db, entry.warningNo)) ?? null) : null,
    entry,
    settingsVersion: await settingsVersionAt(db, entry?.openedAt ?? message.plannedAt),
    attempts: await attemptsOf(db, message.messageNo),
  };
}

function referenceOf(id: string): { messageNo: number } | { deliveryId: string } {
  if (/^\d{1,15}$/.test(id)) return { messageNo: Number(id) };
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return { deliveryId: id.toLowerCase() };
  throw new RecallwaveError(
    'BadInput',
    `"${id}" is neither a message number nor a delivery id`,
    'write a number such as 42, or an id such as 6f9f4a52-6f5a-5c8e-9a51-7d1d3c1f0a11',
  );
}

/** Version 0 stands for the built-in settings; a clock set before the first version was decided by that one. */
async function settingsVersionAt(db: Knex, at: Date): Promise<number> {
  const versions = await settingsVersions(db);
  return (versions.findLast((row) => row.at <= at) ?? versions[0])?.version ?? 0;
}
