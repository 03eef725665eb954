import type { Db } from '../db/connect.ts';
import { type OptOutChannel, optOutRecipient, recordOptOut } from '../db/queries/unsubscribe.ts';
import { TEST_DELIVERY_ID } from '../templates/recipient-urls.ts';
import { readUnsubscribeToken } from '../templates/tokens.ts';

/** What the page behind an unsubscribe link shows. */
export interface OptOutState {
  channel: OptOutChannel;
  /** The recipient's locale, null where it isn't known. */
  locale: string | null;
  optedOut: boolean;
  /** The link is from a preview or a test send: it changes nothing. */
  test: boolean;
}

interface TokenInput {
  secret: string;
  token: string;
}

const TEST_STATE: OptOutState = { channel: 'email', locale: null, optedOut: false, test: true };

/** Looks at an opt-out without changing anything; null for a token that isn't ours or whose message is gone. */
export async function viewOptOut(db: Db, input: TokenInput): Promise<OptOutState | null> {
  const deliveryId = readUnsubscribeToken(input.secret, input.token);
  if (deliveryId === null) return null;
  if (deliveryId === TEST_DELIVERY_ID) return TEST_STATE;
  const recipient = await optOutRecipient(db, deliveryId);
  return (
    recipient && { channel: recipient.channel, locale: recipient.locale, optedOut: recipient.optedOut, test: false }
  );
}

/**
 * Opts the recipient out; in force for every claim and intent that follows. Idempotent. null as in `viewOptOut`.
 * `how`: by the mail program's one-click POST, or by the button of the page.
 */
export async function optOut(db: Db, input: TokenInput & { how: 'one_click' | 'page' }): Promise<OptOutState | null> {
  const deliveryId = readUnsubscribeToken(input.secret, input.token);
  if (deliveryId === null) return null;
  if (deliveryId === TEST_DELIVERY_ID) return { ...TEST_STATE, optedOut: true };
  const recipient = await optOutRecipient(db, deliveryId);
  if (!recipient) return null;
  await recordOptOut(db, { deliveryId, recipient, how: input.how, actor: 'link:unsubscribe' });
  return { channel: recipient.channel, locale: recipient.locale, optedOut: true, test: false };
}
