import Fastify from 'fastify';
import rateLimit from '@fastify/rate-limit';
import { guessLimitOptions } from '../../src/api/plain-pages.ts';
import { addV1Routes } from '../../src/api/v1/routes.ts';
import { readConfig } from '../../src/config/read-config.ts';
import { connect } from '../../src/db/connect.ts';

/** One operation of the OpenAPI document. */
export interface Operation {
  'x-role'?: string;
  'x-scope'?: string;
  security?: unknown[];
  parameters?: { name: string; in: string; schema?: { type?: string } }[];
  requestBody?: { content: Record<string, unknown> };
}

/** The document that /v1/openapi.json serves; no server is asked for it. */
export async function openApiDocument(): Promise<{ paths: Record<string, Record<string, Operation>> }> {
  const app = Fastify({ logger: false });
  await app.register(rateLimit, { global: false });
  app.decorate('guessLimit', app.createRateLimit(guessLimitOptions(30)));
  await addV1Routes(app, {
    db: connect('postgres://nobody@127.0.0.1:1/none'),
    config: readConfig({ RECALLWAVE_HOME: '/nonexistent/recallwave' }),
    temporal: () => Promise.reject(new Error('no Temporal here')),
    now: () => new Date(),
  });
  const response = await app.inject({ method: 'GET', url: '/v1/openapi.json' });
  await app.close();
  return response.json();
}

/** As it is kept in docs/openapi.json. */
export function openApiText(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
