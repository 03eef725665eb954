import type { FastifyInstance } from 'fastify';
import { addEventRoutes } from './event-routes.ts';
import { addNounRoutes } from './noun-routes.ts';
import { watchMethods } from './other-methods.ts';
import { sendProblem } from './problem.ts';
import type { ApiDeps } from './route-module.ts';

/** What the routes under /v1 need. */
export interface V1Input extends ApiDeps {
  /** Requests to POST /v1/events per minute and key; absent: 6,000. */
  requestsPerMinute?: number | undefined;
}

/** Adds the API under /v1: events in lines, and everything else by its noun. */
export async function addV1Routes(app: FastifyInstance, input: V1Input): Promise<void> {
  await app.register(
    async (v1) => {
      v1.setNotFoundHandler((_request, reply) =>
        sendProblem(reply, {
          status: 404,
          code: 'not_found',
          detail: 'there is no such route',
          fix: 'see /v1/openapi.json',
        }),
      );
      const refuseOtherMethods = watchMethods(v1);
      await addEventRoutes(v1, input);
      await addNounRoutes(v1, input);
      await refuseOtherMethods();
    },
    { prefix: '/v1' },
  );
}
