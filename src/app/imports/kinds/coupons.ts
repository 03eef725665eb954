import { couponsTable } from '../../../db/queries/imports/coupons.ts';
import { checkId } from '../fields/field.ts';
import { checkOptionalTime } from '../fields/iso-time.ts';
import { checked, must, refuse, type KindDefinition } from './kind.ts';

/** coupons.csv: unique codes, each in a pool that campaigns name. */
export const coupons: KindDefinition = {
  columns: { required: ['pool', 'code'], optional: ['expires_at'], extras: null },
  table: couponsTable,
  createCheck({ now }) {
    const check = checked(({ cells }) => {
      const [pool, code, expiresAt] = cells;
      const name = must('pool', pool, checkId(pool));
      if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(name)) {
        refuse('pool', pool, 'campaigns name pools in lower-case letters, digits and hyphens: rename it');
      }
      const expires = must('expires_at', expiresAt, checkOptionalTime(expiresAt));
      if (expires && expires.ms <= now.getTime()) refuse('expires_at', expiresAt, 'the code has expired: leave it out');
      return [name, must('code', code, checkId(code)), expires?.text ?? null];
    });
    return { check };
  },
};
