import type { Knex } from 'knex';
import { currentSettings } from '../db/queries/settings.ts';
import {
  addSuppression,
  liftSuppression,
  listSuppressions,
  type SuppressedChannel,
  type SuppressionRow,
  type SuppressionSubject,
} from '../db/queries/suppressions.ts';
import type { Actor } from '../domain/actor.ts';
import { RecallwaveError } from '../domain/failures.ts';
import { CHANNELS } from '../domain/words.ts';
import { checkEmail } from './imports/fields/email-address.ts';
import { createPhoneCheck } from './imports/fields/phone-number.ts';
import { namedUser } from './named.ts';

export type { SuppressedChannel, SuppressionRow } from '../db/queries/suppressions.ts';

/** Channels that can be suppressed. */
export const SUPPRESSED_CHANNELS: readonly SuppressedChannel[] = ['all', ...CHANNELS];

interface Change {
  db: Knex;
  /** A user id, or with `isAddress` an e-mail address or phone number. */
  who: string;
  isAddress: boolean;
  channel: SuppressedChannel;
  reason: string;
  actor: Actor;
}

async function subjectOf(input: Pick<Change, 'db' | 'who' | 'isAddress'>): Promise<SuppressionSubject> {
  if (!input.isAddress) return { userNo: (await namedUser(input.db, input.who)).userNo };
  const { settings } = await currentSettings(input.db);
  const check = input.who.includes('@') ? checkEmail : createPhoneCheck(settings.defaultCountry);
  const checked = check(input.who);
  if ('reason' in checked) throw new RecallwaveError('BadInput', `address "${input.who}": ${checked.reason}`);
  return { address: checked.value.toLowerCase() };
}

/** Suppresses a user with his addresses, or an address; `changed` false where that held already. */
export async function suppress(input: Change): Promise<{ changed: boolean }> {
  const subject = await subjectOf(input);
  return { changed: (await addSuppression(input.db, { ...input, subject })) > 0 };
}

/** Lifts a suppression of exactly this channel; NotFound where none is in force. */
export async function unsuppress(input: Change): Promise<{ lifted: number }> {
  const subject = await subjectOf(input);
  const lifted = await liftSuppression(input.db, { ...input, subject });
  if (lifted > 0) return { lifted };
  throw new RecallwaveError(
    'NotFound',
    `no suppression of channel ${input.channel} is in force there`,
    'see them with `recallwave suppress list`, or for one user with `recallwave user show USER`',
  );
}

/** The newest suppressions first. */
export function suppressions(input: {
  db: Knex;
  channel?: SuppressedChannel | undefined;
  lifted: boolean;
  /** Those before a number; absent: from the newest. */
  beforeNo?: number | null;
  limit: number;
}): Promise<SuppressionRow[]> {
  return listSuppressions(input.db, input);
}
