import swagger from '@fastify/swagger';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';
import { eventPath, eventSchemas } from './event-document.ts';
import { answersOf, PROBLEM } from './openapi-answers.ts';
import type { V1 } from './route-module.ts';

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

/** What `config` says of a route, for the document. */
declare module 'fastify' {
  interface FastifyContextConfig {
    /** The list is also sent as text/csv to who accepts that first. */
    alsoCsv?: boolean;
  }
}

const IDEMPOTENCY_KEY = {
  type: 'string',
  pattern: '^[\\x21-\\x7e]{1,200}$',
  description: 'the same key gets the first answer again, for 24 hours',
};

const transform: Transform = (input) => {
  const { schema, url } = jsonSchemaTransform(input);
  const { access, alsoCsv = false } = input.route.config ?? {};
  const headers = headersOf(schema.headers as Headers | undefined, input.route.method);
  const response = answersOf((schema.response ?? {}) as never, {
    guarded: access !== undefined,
    ifMatch: headers.required?.includes('if-match') ?? false,
    alsoCsv,
  });
  const described = { ...schema, response, ...(Object.keys(headers.properties).length > 0 && { headers }) };
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

interface Headers {
  type: 'object';
  properties: Record<string, object>;
  required?: string[];
}

/** Headers of a route with those that every POST takes. If-Match is asked for by the route itself, with a status of its own. */
function headersOf(own: Headers | undefined, method: string | string[]): Headers {
  const ifMatch = own?.properties['if-match'] !== undefined;
  return {
    type: 'object',
    properties: { ...own?.properties, ...(method === 'POST' && { 'idempotency-key': IDEMPOTENCY_KEY }) },
    ...(ifMatch && { required: ['if-match'] }),
  };
}
