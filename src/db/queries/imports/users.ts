import type { Knex } from 'knex';
import type { Actor } from '../../../domain/actor.ts';
import { rows, sql } from '../../sql.ts';
import { leaveErasedAlone } from '../erasures.ts';
import type { ImportTable } from './merge.ts';
import { rejectRepeats, rejectWhere, touched } from './staging.ts';

/** Users: in the staged rows null means "not in the file, keep", an empty text "in the file, empty". */
export const usersTable: ImportTable = {
  columns: [
    'user_id text not null',
    'email text',
    'phone text',
    'locale text',
    'timezone text',
    'consent_email boolean',
    'consent_sms boolean',
    'consent_push boolean',
    'attributes jsonb not null',
  ],
  key: ['user_id'],
  keyName: { column: 'user_id', value: 'user_id' },
  async merge(trx, { actor, staged }) {
    const fresh = (await trx.raw('select 1 from users limit 1')).rowCount === 0;
    const unreachable = await rejectWithoutChannel(trx, fresh);
    const inserted = await insertNew(trx, { actor, fresh });
    const known = inserted + unreachable === staged ? NOBODY : await mergeKnown(trx, actor);
    const notes = {
      keptOptOuts: known.keptOptOuts,
      adoptedEvents: inserted > 0 ? await adoptEvents(trx) : 0,
      sharedEmails: await sharedEmails(trx, fresh),
      erasedBefore: await leaveErasedAlone(trx),
    };
    return { inserted, updated: known.updated, notes };
  },
};

interface KnownResult {
  updated: number;
  keptOptOuts: number;
}

const NOBODY: KnownResult = { updated: 0, keptOptOuts: 0 };

async function mergeKnown(trx: Knex.Transaction, actor: Actor): Promise<KnownResult> {
  await rejectRepeats(trx, usersTable);
  return updateKnown(trx, actor);
}

/** A user must be reachable somehow once the row is in. */
function rejectWithoutChannel(trx: Knex.Transaction, fresh: boolean): Promise<number> {
  const unreachable = `coalesce(r.email, '') = '' and coalesce(r.phone, '') = '' and r.consent_push is not true`;
  const elsewhere = `and not exists (select 1 from users u where u.user_id = r.user_id
    and (coalesce(r.email, u.email, '') <> '' or coalesce(r.phone, u.phone, '') <> ''
      or coalesce(r.consent_push, u.consent_push) is true))`;
  const condition = fresh ? unreachable : `${unreachable} ${elsewhere}`;
  return rejectWhere(trx, { condition, column: 'email', value: 'r.email', code: 'no_channel' });
}

/** The columns of a user as they would be after the row, over users u and import_rows r. */
const AFTER = `
  case when r.email is null then u.email else nullif(r.email, '') end as email,
  case when r.phone is null then u.phone else nullif(r.phone, '') end as phone,
  case when r.locale is null then u.locale else nullif(r.locale, '') end as locale,
  case when r.timezone is null then u.timezone else nullif(r.timezone, '') end as timezone,
  coalesce(r.consent_email, u.consent_email) as consent_email,
  coalesce(r.consent_sms, u.consent_sms) as consent_sms,
  coalesce(r.consent_push, u.consent_push) as consent_push,
  jsonb_strip_nulls(u.attributes || r.attributes) as attributes`;

const COLUMNS = ['email', 'phone', 'locale', 'timezone', 'consent_email', 'consent_sms', 'consent_push', 'attributes'];
const CONSENTS = ['email', 'sms', 'push'] as const;
const list = (prefix: string): string => COLUMNS.map((column) => `${prefix}.${column}`).join(', ');

async function updateKnown(trx: Knex.Transaction, actor: Actor): Promise<KnownResult> {
  // The rows are locked before the newest consents are read: an opt-out that commits meanwhile is seen, or waits for us.
  await trx.raw(`
    create temp table import_known on commit drop as
    select u.user_no, ${COLUMNS.map((column) => `a.${column}`).join(', ')}
    from import_rows r join users u using (user_id) cross join lateral (select ${AFTER}) a
    where (${list('u')}) is distinct from (${list('a')})`);
  await trx.raw(
    'select 1 from users where user_no in (select user_no from import_known) order by user_no for no key update',
  );
  const keptOptOuts = await keepOptOuts(trx);
  await touched(
    trx,
    sql`insert into consents (user_no, channel, granted, source, actor)
      select k.user_no, c.channel, c.granted, 'import', ${actor}
      from import_known k join users u using (user_no) cross join lateral (values
        ('email', k.consent_email, u.consent_email), ('sms', k.consent_sms, u.consent_sms),
        ('push', k.consent_push, u.consent_push)) as c(channel, granted, before)
      where c.granted is distinct from c.before`,
  );
  const set = COLUMNS.map((column) => `${column} = k.${column}`).join(', ');
  const result = await trx.raw(
    `update users u set ${set}, actor = ?, imported_at = now() from import_known k
     where k.user_no = u.user_no and (${list('u')}) is distinct from (${list('k')})`,
    [actor],
  );
  return { updated: result.rowCount ?? 0, keptOptOuts };
}

/** Rule 14: where the newest word that is not an import's says no, an import's yes does not count. */
async function keepOptOuts(trx: Knex.Transaction): Promise<number> {
  let kept = 0;
  for (const channel of CONSENTS) {
    const column = `consent_${channel}`;
    const result = await trx.raw(`
      update import_known k set ${column} = u.${column} from users u
      where u.user_no = k.user_no and k.${column} and u.${column} is not true
        and (select not c.granted from consents c where c.user_no = k.user_no and c.channel = '${channel}'
          and c.source <> 'import' order by c.consent_no desc limit 1)`);
    kept += result.rowCount ?? 0;
  }
  return kept;
}

async function insertNew(trx: Knex.Transaction, input: { actor: Actor; fresh: boolean }): Promise<number> {
  const unknown = input.fresh ? '' : 'where not exists (select 1 from users u where u.user_id = r.user_id)';
  const result = await trx.raw(
    `with added as (
       insert into users (user_id, email, phone, locale, timezone, consent_email, consent_sms, consent_push, attributes, actor)
       select user_id, nullif(email, ''), nullif(phone, ''), nullif(locale, ''), nullif(timezone, ''),
         consent_email, consent_sms, consent_push, jsonb_strip_nulls(attributes), :actor
       from import_rows r ${unknown} order by line
       on conflict (user_id) do nothing
       returning user_no, consent_email, consent_sms, consent_push
     ), noted as (
       insert into consents (user_no, channel, granted, source, actor)
       select user_no, c.channel, c.granted, 'import', :actor
       from added cross join lateral (values ('email', consent_email), ('sms', consent_sms), ('push', consent_push))
         as c(channel, granted)
       where c.granted is not null
     ) select count(*)::int as added from added`,
    { actor: input.actor },
  );
  return (result.rows as { added: number }[])[0]?.added ?? 0;
}

/** Gives events that came before their user (user_id in import_rows) to them; returns how many. */
export function adoptEvents(trx: Knex.Transaction): Promise<number> {
  return touched(
    trx,
    sql`update events e set user_no = u.user_no from users u, import_rows r
      where e.user_no is null and u.user_id = e.user_id and r.user_id = e.user_id`,
  );
}

/** Addresses of the file that more than one user has now. */
async function sharedEmails(trx: Knex.Transaction, fresh: boolean): Promise<number> {
  const among = fresh
    ? sql`select lower(email) from import_rows where email <> '' group by lower(email) having count(*) > 1`
    : sql`select lower(r.email) from import_rows r join users u on lower(u.email) = lower(r.email)
        where r.email <> '' group by lower(r.email) having count(distinct u.user_id) > 1`;
  const [row] = await rows<{ shared: number }>(trx, sql`select count(*)::int as shared from (${among}) s`);
  return row?.shared ?? 0;
}
