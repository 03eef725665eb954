import type { Db } from '../db/connect.ts';
import {
  preferencesOf,
  recordPreferences,
  type PreferenceChanges,
  type PreferenceRow,
} from '../db/queries/preferences.ts';
import type { OptOutChannel } from '../db/queries/unsubscribe.ts';
import { REFUSABLE_CATEGORIES, type RefusableCategory } from '../domain/words.ts';
import { TEST_DELIVERY_ID } from '../templates/recipient-urls.ts';
import { readPreferencesToken } from '../templates/tokens.ts';

/** A switch of the preferences page. */
export interface Preference<Name extends string> {
  name: Name;
  on: boolean;
  /** It is off, and only people at work can turn it on. */
  blocked: boolean;
}

/** What the preferences page shows. `test`: of a preview or a test send, nothing is changed. */
export interface PreferencesState {
  locale: string | null;
  channels: Preference<OptOutChannel>[];
  categories: Preference<RefusableCategory>[];
  test: boolean;
}

interface TokenInput {
  secret: string;
  token: string;
}

const ALL_ON: PreferencesState = {
  locale: null,
  channels: (['email', 'sms', 'push'] as const).map((name) => ({ name, on: true, blocked: false })),
  categories: REFUSABLE_CATEGORIES.map((name) => ({ name, on: true, blocked: false })),
  test: true,
};

/** Looks at preferences without changing anything; null for a token that isn't ours, and where message or user are gone. */
export async function viewPreferences(db: Db, input: TokenInput): Promise<PreferencesState | null> {
  const found = await find(db, input);
  return found && (found.recipient === null ? ALL_ON : stateOf(found.recipient));
}

/**
 * Saves what a person changed on the page: the names that it showed as on (`shown`) against those that are on now (`on`). Only the
 * difference counts, so that a page opened before an opt-out can't undo it. False as null in `viewPreferences`.
 */
export async function savePreferences(
  db: Db,
  input: TokenInput & { shown: readonly string[]; on: readonly string[] },
): Promise<boolean> {
  const found = await find(db, input);
  if (!found?.recipient) return found !== null;
  const state = stateOf(found.recipient);
  const differs = ({ name, blocked }: Preference<string>): boolean =>
    input.shown.includes(name) !== input.on.includes(name) && !(blocked && input.on.includes(name));
  await record(
    db,
    { ...found, recipient: found.recipient },
    {
      channels: state.channels.filter(differs).map(({ name }) => ({ channel: name, on: input.on.includes(name) })),
      categories: state.categories.filter(differs).map(({ name }) => ({ category: name, on: input.on.includes(name) })),
    },
  );
  return true;
}

/** Turns everything off: each channel, known or not, and each category. False as in `savePreferences`. */
export async function refuseEverything(db: Db, input: TokenInput): Promise<boolean> {
  const found = await find(db, input);
  if (!found?.recipient) return found !== null;
  await record(
    db,
    { ...found, recipient: found.recipient },
    {
      channels: found.recipient.channels.map(({ channel }) => ({ channel, on: false })),
      categories: REFUSABLE_CATEGORIES.map((category) => ({ category, on: false })),
    },
  );
  return true;
}

interface Found {
  deliveryId: string;
  /** null: of a test message. */
  recipient: PreferenceRow | null;
}

async function find(db: Db, { secret, token }: TokenInput): Promise<Found | null> {
  const deliveryId = readPreferencesToken(secret, token);
  if (deliveryId === null) return null;
  if (deliveryId === TEST_DELIVERY_ID) return { deliveryId, recipient: null };
  const recipient = await preferencesOf(db, deliveryId);
  return recipient && { deliveryId, recipient };
}

function stateOf({ locale, channels, refused }: PreferenceRow): PreferencesState {
  return {
    locale,
    channels: channels.filter(({ known }) => known).map(({ channel, on, blocked }) => ({ name: channel, on, blocked })),
    categories: REFUSABLE_CATEGORIES.map((name) => ({ name, on: !refused.includes(name), blocked: false })),
    test: false,
  };
}

function record(
  db: Db,
  { deliveryId, recipient }: Found & { recipient: PreferenceRow },
  changes: PreferenceChanges,
): Promise<void> {
  return recordPreferences(db, { deliveryId, recipient, changes, actor: 'link:preferences' });
}
