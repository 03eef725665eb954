import { suppressionsTable } from '../../../db/queries/imports/suppressions.ts';
import { checkEmail } from '../fields/email-address.ts';
import { checkId, checkOneOf, checkOptionalId } from '../fields/field.ts';
import { checkOptionalTime } from '../fields/iso-time.ts';
import { createPhoneCheck } from '../fields/phone-number.ts';
import { checked, must, refuse, type KindDefinition } from './kind.ts';

const CHANNELS = ['email', 'sms', 'push', 'task', 'all'] as const;

/** suppressions.csv: users or addresses that must not be contacted, by channel. */
export const suppressions: KindDefinition = {
  columns: { required: ['channel'], optional: ['user_id', 'address', 'reason', 'at'], extras: null },
  table: suppressionsTable,
  createCheck({ now, defaultCountry }) {
    const checkPhone = createPhoneCheck(defaultCountry);
    const normalised = (address: string): string => {
      if (!address.includes('@')) return must('address', address, checkPhone(address));
      return must('address', address, checkEmail(address)).toLowerCase();
    };
    const check = checked(({ cells }) => {
      const [channel, userId, address, reason, at] = cells;
      const user = must('user_id', userId, checkOptionalId(userId));
      if (user !== null && address?.trim())
        refuse('address', address, 'a row names a user or an address: make two rows of it');
      if (user === null && !address?.trim()) refuse('user_id', userId, 'neither user_id nor address: fill in one');
      const time = must('at', at, checkOptionalTime(at));
      if (time && time.ms > now.getTime() + 5 * 60_000) refuse('at', at, 'lies in the future: check it');
      return [
        user,
        user === null && address ? normalised(address) : null,
        must('channel', channel, checkOneOf(channel, CHANNELS)),
        reason?.trim() ? must('reason', reason, checkId(reason)) : 'imported',
        time?.text ?? null,
      ];
    });
    return { check };
  },
};
