import { usersTable } from '../../../db/queries/imports/users.ts';
import { checkEmail } from '../fields/email-address.ts';
import { checkId, type Checked } from '../fields/field.ts';
import { createLocaleCheck } from '../fields/language-tag.ts';
import { createPhoneCheck } from '../fields/phone-number.ts';
import { createZoneCheck } from '../fields/time-zone.ts';
import { checkTruth } from '../fields/truth.ts';
import { Attributes } from './attributes.ts';
import { checked, must, type KindDefinition } from './kind.ts';

/** users.csv: who they are, how to reach them, and every other column as an attribute. */
export const users: KindDefinition = {
  columns: {
    required: ['user_id'],
    optional: ['email', 'phone', 'locale', 'timezone', 'consent_email', 'consent_sms', 'consent_push'],
    extras: 'attribute',
  },
  table: usersTable,
  createCheck({ defaultCountry, catalogue, options }) {
    const attributes = new Attributes(catalogue, { retype: options.retype ?? false });
    const checkPhone = createPhoneCheck(defaultCountry);
    const checkLocale = createLocaleCheck();
    const checkZone = createZoneCheck();
    const check = checked((row) => {
      const [userId, email, phone, locale, zone, consentEmail, consentSms, consentPush] = row.cells;
      return [
        must('user_id', userId, checkId(userId)),
        optional('email', email, checkEmail),
        optional('phone', phone, checkPhone),
        optional('locale', locale, checkLocale),
        optional('timezone', zone, checkZone),
        truth('consent_email', consentEmail),
        truth('consent_sms', consentSms),
        truth('consent_push', consentPush),
        attributes.read(row),
      ];
    });
    return { check, attributes };
  },
};

/** null: the row does not have the column; '': it is empty. */
function optional(column: string, cell: string | undefined, check: (text: string) => Checked<string>): string | null {
  if (cell === undefined) return null;
  return cell === '' || cell.trim() === '' ? '' : must(column, cell, check(cell));
}

function truth(column: string, cell: string | undefined): string | null {
  const value = must(column, cell, checkTruth(cell));
  return value === null ? null : value ? 't' : 'f';
}
