import swagger from '@fastify/swagger';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { eventPath, eventSchemas } from './event-document.ts';
import { problemSchema } from './problem.ts';
import type { V1 } from './route-module.ts';

/** Answers that every route with access may give besides its own. */
const PROBLEMS = {
  400: 'what was sent is malformed',
  401: 'nobody is logged in and no valid key was sent',
  403: 'role, scope or X-CSRF-Token is missing',
  404: 'there is no such thing',
  409: 'its state does not allow it',
  415: 'this media type is not taken',
  422: 'what was sent is well formed but wrong',
  429: 'too many requests; wait as long as Retry-After says',
  500: 'a failure on our side',
  503: 'database or Temporal do not answer; try again later',
} as const;

type Transform = typeof jsonSchemaTransform;

/** Serves the OpenAPI 3.1 document of the routes at /v1/openapi.json. Register it before them. */
export async function addOpenApi(v1: V1): Promise<void> {
  await v1.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Recallwave',
        version: '1.0.0',
        description: 'Recall campaigns: waves, reads, thresholds. Errors are problem details (RFC 9457).',
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: 'rw_session' },
          key: { type: 'http', scheme: 'bearer' },
        },
      },
    },
    transform,
    transformObject: (document) => {
      if (!('openapiObject' in document)) return document.swaggerObject;
      const { openapiObject } = document;
      const schemas = { ...openapiObject.components?.schemas, ...eventSchemas, Problem: PROBLEM };
      return {
        ...openapiObject,
        paths: { '/v1/events': eventPath, ...openapiObject.paths },
        components: { ...openapiObject.components, schemas },
      } as never;
    },
  });
  v1.get('/openapi.json', { schema: { hide: true } }, () => v1.swagger());
}

const transform: Transform = (input) => {
  const { schema, url } = jsonSchemaTransform(input);
  const access = input.route.config?.access;
  const response = { ...problems(access !== undefined), ...(schema.response as object | undefined) };
  const described = { ...schema, response };
  if (!access) return { schema: described, url };
  return {
    url,
    schema: {
      ...described,
      security: [{ session: [] }, { key: [] }],
      'x-role': access.role,
      'x-scope': access.scope,
    } as never,
  };
};

const { $schema: _, ...PROBLEM } = z.toJSONSchema(problemSchema, { target: 'draft-2020-12' });

function problems(guarded: boolean): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(PROBLEMS)
      .filter(([status]) => guarded || status !== '403')
      .map(([status, description]) => [
        status,
        { description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
      ]),
  );
}
