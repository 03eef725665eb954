import { contacts } from './contacts.ts';
import { content } from './content.ts';
import { coupons } from './coupons.ts';
import { events } from './events.ts';
import type { ImportKind, KindDefinition } from './kind.ts';
import { pushSubscriptions } from './push-subscriptions.ts';
import { recorded } from './recorded.ts';
import { suppressions } from './suppressions.ts';
import { users } from './users.ts';
import { warnings } from './warnings.ts';

/** What each kind of file holds and how it is checked and merged. */
export const DEFINITIONS: Record<ImportKind, KindDefinition> = {
  users,
  warnings,
  events,
  push_subscriptions: pushSubscriptions,
  coupons,
  suppressions,
  contacts,
  content,
  recorded,
};
