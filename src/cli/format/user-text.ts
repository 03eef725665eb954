import type { UserContact } from '../../app/users/contacts.ts';
import type { UserLine } from '../../app/users/search.ts';
import { tableOr } from './table.ts';
import { time } from './time.ts';

/** A list of users as a table. */
export function usersText(users: readonly UserLine[]): string {
  return tableOr(
    'no user fits; import users with `recallwave import users FILE`',
    ['user', 'e-mail', 'phone', 'locale', 'time zone', 'imported'],
    users.map((row) => [
      row.erasedAt === null ? row.userId : `${row.userId} (erased)`,
      row.email,
      row.phone,
      row.locale,
      row.timezone,
      time(row.importedAt),
    ]),
  );
}

/** What a user got and didn't get, with why. */
export function contactsText(contacts: readonly UserContact[]): string {
  return contacts.length === 0
    ? 'in no wave yet; `recallwave why USER` says why'
    : contacts
        .map(
          ({ waveNo, campaignId, localDate, step, why }) =>
            `wave ${waveNo} (${campaignId}/${localDate}), step ${step}: ${why}`,
        )
        .join('\n');
}
