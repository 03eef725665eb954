import { z } from 'zod';
import { eraseUser } from '../../app/erase-user.ts';
import { exportUser } from '../../app/export-user.ts';
import { suppress, unsuppress } from '../../app/suppress.ts';
import { actorOf } from './principal.ts';
import { access, type RouteModule } from './route-module.ts';
import {
  erasure,
  erasureOrder,
  liftQuery,
  newSuppression,
  suppressionAdded,
  suppressionLifted,
  userExport,
  userId,
} from './schemas/users.ts';

const userParams = z.object({ userId });

/** What can be done about a user: suppress, lift, export, erase. */
export const userOrderRoutes: RouteModule = (v1, deps) => {
  const { db, now } = deps;
  v1.post(
    '/users/:userId/suppressions',
    {
      config: access('operator', 'users:write'),
      schema: {
        summary: 'Sends a user nothing more on a channel, or on any; his addresses are suppressed with him',
        params: userParams,
        body: newSuppression,
        response: { 200: suppressionAdded },
      },
    },
    (request) => {
      const who = { who: request.params.userId, isAddress: false };
      return suppress({ db, ...who, ...request.body, actor: actorOf(request) });
    },
  );

  v1.delete(
    '/users/:userId/suppressions',
    {
      config: access('operator', 'users:write'),
      schema: { params: userParams, querystring: liftQuery, response: { 200: suppressionLifted } },
    },
    (request) => {
      const who = { who: request.params.userId, isAddress: false };
      return unsuppress({ db, ...who, ...request.query, actor: actorOf(request) });
    },
  );

  v1.get(
    '/users/:userId/export',
    {
      config: access('operator', 'users:write'),
      schema: {
        summary: 'Everything that is held about a user, for him',
        params: userParams,
        response: { 200: userExport },
      },
    },
    async (request, reply) => {
      void reply.header('content-disposition', 'attachment; filename="user.json"');
      return exportUser({ db, userId: request.params.userId, actor: actorOf(request), now: now() });
    },
  );

  v1.post(
    '/users/:userId/erasure',
    {
      config: access('admin', 'admin'),
      schema: {
        summary: 'Erases a user for good; statistics keep a bare number',
        params: userParams,
        body: erasureOrder,
        response: { 200: erasure },
      },
    },
    (request) => eraseUser({ db, userId: request.params.userId, ...request.body, actor: actorOf(request) }),
  );
};
