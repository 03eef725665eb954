import { contactsTable } from '../../../db/queries/imports/contacts.ts';
import { CATEGORIES, CHANNELS } from '../../../domain/words.ts';
import { checkId, checkOneOf } from '../fields/field.ts';
import { checkTime } from '../fields/iso-time.ts';
import { checked, must, type KindDefinition } from './kind.ts';

/** contacts.csv: what other tools sent, so that caps count it. */
export const contacts: KindDefinition = {
  columns: { required: ['user_id', 'channel', 'category', 'sent_at'], optional: [], extras: null },
  table: contactsTable,
  createCheck() {
    const check = checked(({ cells }) => {
      const [userId, channel, category, sentAt] = cells;
      return [
        must('user_id', userId, checkId(userId)),
        must('channel', channel, checkOneOf(channel, CHANNELS)),
        must('category', category, checkOneOf(category, CATEGORIES)),
        must('sent_at', sentAt, checkTime(sentAt)).text,
      ];
    });
    return { check };
  },
};
