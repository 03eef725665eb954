import { rows, sql } from '../../sql.ts';
import type { ImportTable } from './merge.ts';
import { rejectRepeats, rejectWhere, touched } from './staging.ts';

/** Coupon codes into imported pools; only a code that is still free can get another expiry. */
export const couponsTable: ImportTable = {
  columns: ['pool text not null', 'code text not null', 'expires_at timestamptz'],
  key: ['pool', 'code'],
  keyName: { column: 'code', value: 'code' },
  async merge(trx, { actor }) {
    await rejectRepeats(trx, couponsTable);
    await rejectWhere(trx, {
      condition: `exists (select 1 from coupon_pools p where p.pool = r.pool and p.kind = 'generated')`,
      column: 'pool',
      value: 'r.pool',
      code: 'generated_pool',
    });
    await rows(
      trx,
      sql`insert into coupon_pools (pool, kind, actor) select distinct pool, 'imported', ${actor} from import_rows
        on conflict (pool) do nothing`,
    );
    const updated = await touched(
      trx,
      sql`update coupon_codes c set expires_at = r.expires_at from import_rows r
        where c.pool = r.pool and c.code = r.code and c.state = 'free' and not c.test
          and c.expires_at is distinct from r.expires_at`,
    );
    const inserted = await touched(
      trx,
      sql`insert into coupon_codes (pool, code, expires_at) select pool, code, expires_at from import_rows order by line
        on conflict (pool, code) do nothing`,
    );
    return { inserted, updated, notes: {} };
  },
};
