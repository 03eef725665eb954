import { sql } from '../../sql.ts';
import type { ImportTable } from './merge.ts';
import { rejectRepeats, rejectUnknownUsers, touched } from './staging.ts';

/** Push subscriptions, one a browser or device (endpoint); a gone one that a file names again is back. */
export const pushSubscriptionsTable: ImportTable = {
  columns: ['user_id text not null', 'kind text not null', 'endpoint text not null', 'p256dh text', 'auth text'],
  key: ['endpoint'],
  keyName: { column: 'endpoint', value: 'endpoint' },
  async merge(trx, { actor }) {
    await rejectRepeats(trx, pushSubscriptionsTable);
    await rejectUnknownUsers(trx);
    const updated = await touched(
      trx,
      sql`update push_subscriptions s set user_no = u.user_no, kind = r.kind, p256dh = r.p256dh, auth = r.auth, actor = ${actor}
        from import_rows r join users u using (user_id)
        where s.endpoint = r.endpoint
          and (s.user_no, s.kind, s.p256dh, s.auth) is distinct from (u.user_no, r.kind, r.p256dh, r.auth)`,
    );
    const inserted = await touched(
      trx,
      sql`insert into push_subscriptions (user_no, kind, endpoint, p256dh, auth, actor)
        select u.user_no, r.kind, r.endpoint, r.p256dh, r.auth, ${actor}
        from import_rows r join users u using (user_id) order by r.line
        on conflict (endpoint) do nothing`,
    );
    return { inserted, updated, notes: {} };
  },
};
