import { z } from 'zod';
import { suppress, suppressions, unsuppress } from '../../app/suppress.ts';
import { cutPage, pageOf, pageQuery, readCursor, type ListKey } from './cursor.ts';
import { actorOf } from './principal.ts';
import { access, type RouteModule } from './route-module.ts';
import { liftedAddress, suppressedAddress, suppressionFilter } from './schemas/suppressions.ts';
import { suppression, suppressionAdded, suppressionLifted } from './schemas/users.ts';

// They name addresses.
const OPERATE = access('operator', 'users:write');

/** Suppressions of everybody, and of addresses; those of one user are changed at /users/:userId/suppressions. */
export const suppressionRoutes: RouteModule = (v1, { db, config }) => {
  v1.get(
    '/suppressions',
    {
      config: OPERATE,
      schema: {
        summary: 'Suppressions, the newest first',
        querystring: pageQuery.extend(suppressionFilter.shape),
        response: { 200: pageOf(suppression) },
      },
    },
    async (request) => {
      const { cursor, limit, channel, lifted } = request.query;
      const key: ListKey = { secret: config.linkSecret, list: 'suppressions', filters: { channel, lifted } };
      const [beforeNo] = readCursor(key, cursor, z.tuple([z.int()])) ?? [null];
      const found = await suppressions({ db, channel, lifted: lifted === 'true', beforeNo, limit: limit + 1 });
      return cutPage(found, { key, limit, position: (row) => [row.suppressionNo], item: (row) => row });
    },
  );

  v1.post(
    '/suppressions',
    {
      config: OPERATE,
      schema: {
        summary: 'Sends an address nothing more on a channel, or on any, whoever it belongs to',
        body: suppressedAddress,
        response: { 200: suppressionAdded },
      },
    },
    (request) => {
      const { address, ...order } = request.body;
      return suppress({ db, who: address, isAddress: true, ...order, actor: actorOf(request) });
    },
  );

  v1.post(
    '/suppressions/lift',
    {
      config: OPERATE,
      schema: {
        summary: 'Lifts the suppression of an address on exactly this channel',
        body: liftedAddress,
        response: { 200: suppressionLifted },
      },
    },
    (request) => {
      const { address, ...order } = request.body;
      return unsuppress({ db, who: address, isAddress: true, ...order, actor: actorOf(request) });
    },
  );
};
