import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from './problem.ts';

/** Methods that servers are asked beside those that Fastify knows by itself. */
const MORE_METHODS = ['QUERY'];

/**
 * Answers 405 with Allow where an address is asked with a method that it does not take. Call it before the routes are added, and
 * what it returns after them.
 */
export function watchMethods(v1: FastifyInstance): () => Promise<void> {
  const taken = new Map<string, Set<string>>();
  v1.addHook('onRoute', ({ url, method }) => {
    const methods = taken.get(url) ?? new Set();
    for (const one of [method].flat()) methods.add(one);
    taken.set(url, methods);
  });
  return async () => {
    for (const method of MORE_METHODS) if (!v1.supportedMethods.includes(method)) v1.addHttpMethod(method);
    await v1.register(async (scope) => {
      scope.removeAllContentTypeParsers();
      // Nobody reads the body of a request that is refused.
      scope.addContentTypeParser('*', (_request, _payload, done) => done(null, null));
      // A copy: what is added here is seen by the hook too.
      const known = [...taken].map(([url, methods]) => [url, [...methods].toSorted()] as const);
      for (const [url, methods] of known) refuseOthers(scope, url, methods);
    });
  };
}

function refuseOthers(scope: FastifyInstance, fullUrl: string, methods: readonly string[]): void {
  const others = scope.supportedMethods.filter((one) => !methods.includes(one));
  const allow = methods.join(', ');
  const refuse = ({ method }: FastifyRequest, reply: FastifyReply): FastifyReply => {
    void reply.header('allow', allow);
    const detail = `${method} is not taken here`;
    return sendProblem(reply, { status: 405, code: 'method_not_allowed', detail, fix: `use ${allow}` });
  };
  scope.route({
    method: others,
    url: fullUrl.slice(scope.prefix.length),
    schema: { hide: true },
    handler: refuse,
    // A QUERY without a body fails before its handler.
    errorHandler: (_error, request, reply) => void refuse(request, reply),
  });
}
