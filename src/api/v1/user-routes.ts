import { z } from 'zod';
import { contactsOfUser } from '../../app/users/contacts.ts';
import { userProfile as profileOf } from '../../app/users/profile.ts';
import { searchUsers, type UserPosition } from '../../app/users/search.ts';
import { why } from '../../app/why.ts';
import { atLeast } from '../../domain/roles.ts';
import { sendCsv, wantsCsv, type CsvColumns } from './csv.ts';
import { cutPage, pageOf, pageQuery, readCursor, type ListKey } from './cursor.ts';
import { access, type Principal, type RouteModule } from './route-module.ts';
import { userContact, userId, userLine, userProfile, userQuery, whyQuery, whyReport } from './schemas/users.ts';

const READ = access('viewer', 'read');
const userParams = z.object({ userId });

type Line = z.infer<typeof userLine>;

const COLUMNS: CsvColumns<Line> = [
  ['user_no', (line) => line.userNo],
  ['user_id', (line) => line.userId],
  ['email', (line) => line.email],
  ['phone', (line) => line.phone],
  ['locale', (line) => line.locale],
  ['timezone', (line) => line.timezone],
  ['consent_email', (line) => line.consentEmail],
  ['consent_sms', (line) => line.consentSms],
  ['consent_push', (line) => line.consentPush],
  ['imported_at', (line) => line.importedAt],
  ['erased_at', (line) => line.erasedAt],
];

const POSITION = z.tuple([z.enum(['all', 'user_id', 'email', 'phone']), z.string(), z.int()]);

/** Looking at users: the list, one with everything that decides what he gets, and why he got something or nothing. */
export const userRoutes: RouteModule = (v1, deps) => {
  const { db, config } = deps;
  v1.get(
    '/users',
    {
      config: { ...READ, alsoCsv: true },
      schema: {
        summary:
          'Users in order of import, or those whose id, address or number begins like the query; also as text/csv',
        querystring: pageQuery.extend(userQuery.shape),
        response: { 200: pageOf(userLine) },
      },
    },
    async (request, reply) => {
      const { cursor, limit, query } = request.query;
      const key: ListKey = { secret: config.linkSecret, list: 'users', filters: { query } };
      const at = readCursor(key, cursor, POSITION);
      const found = await searchUsers(db, { query, after: at === undefined ? null : positionOf(at), limit: limit + 1 });
      const shown = seesAddresses(request.principal);
      const page = cutPage(found, {
        key,
        limit,
        position: ({ position }) => [position.by, position.by === 'all' ? '' : position.name, position.userNo],
        item: ({ line }) => (shown ? line : { ...line, email: null, phone: null }),
      });
      return wantsCsv(request) ? sendCsv(reply, page, COLUMNS) : page;
    },
  );

  v1.get(
    '/users/:userId',
    { config: READ, schema: { params: userParams, response: { 200: userProfile } } },
    (request) => profileOf({ db, userId: request.params.userId }),
  );
  addContacts(v1, deps);
};

const addContacts: RouteModule = (v1, { db, config }) => {
  v1.get(
    '/users/:userId/contacts',
    {
      config: READ,
      schema: {
        summary: 'Every contact and non-contact of a user, newest first, each with why',
        params: userParams,
        querystring: z.object({ ...pageQuery.shape, limit: z.coerce.number().int().min(1).max(50).default(10) }),
        response: { 200: pageOf(userContact) },
      },
    },
    async (request) => {
      const { userId: id } = request.params;
      const { cursor, limit } = request.query;
      const key: ListKey = { secret: config.linkSecret, list: 'contacts', filters: { user: id } };
      const at = readCursor(key, cursor, z.tuple([z.int(), z.int()]));
      const after = at === undefined ? null : { waveNo: at[0], step: at[1] };
      const found = await contactsOfUser({ db, userId: id, after, limit: limit + 1 });
      return cutPage(found, { key, limit, position: (row) => [row.waveNo, row.step], item: (row) => row });
    },
  );

  v1.get(
    '/users/:userId/why',
    { config: READ, schema: { params: userParams, querystring: whyQuery, response: { 200: whyReport } } },
    (request) => {
      const { wave, campaign } = request.query;
      return why({ db, userId: request.params.userId, wave, campaignId: campaign });
    },
  );
};

function positionOf([by, name, userNo]: z.infer<typeof POSITION>): UserPosition {
  return by === 'all' ? { by, userNo } : { by, name, userNo };
}

/** Whole lists of addresses are for who works with them; one user's page is for everybody who is logged in. */
function seesAddresses(principal: Principal | null): boolean {
  if (principal?.kind === 'person') return atLeast(principal.role, 'marketer');
  return principal?.scopes.some((scope) => scope === 'users:write' || scope === 'admin') ?? false;
}
