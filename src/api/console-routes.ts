import { randomBytes } from 'node:crypto';
import cookie from '@fastify/cookie';
import files from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Knex } from 'knex';
import { sessionOf } from '../app/people/sessions.ts';
import { consolePolicy, consoleReader, withNonce } from './console-files.ts';
import { SESSION_COOKIE } from './v1/principal.ts';
import { sendProblem } from './v1/problem.ts';

const ASSET = /^[A-Za-z0-9_.-]+\.(js|css|svg)$/;
const YEAR_S = 31_536_000;

/** What the console's routes need. */
export interface ConsoleInput {
  db: Knex;
  /** Where Vite built it. */
  folder: string;
}

/** Serves the console to who has a session, and the log-in page to everybody else; nothing where it isn't built. */
export async function addConsoleRoutes(app: FastifyInstance, { db, folder }: ConsoleInput): Promise<void> {
  const read = consoleReader(folder);
  const built = read();
  if (!built) return;
  await app.register(async (scope) => {
    await scope.register(cookie);
    await scope.register(files, { root: folder, serve: false, preCompressed: true });
    for (const path of built.paths) {
      scope.get(path, async (request, reply) => {
        const now = read() ?? built;
        return sendPage(reply, (await hasSession(request, db)) ? now.console : now.login);
      });
    }
    scope.get('/invitation/:token', (_request, reply) => sendPage(reply, (read() ?? built).login));
    scope.get<{ Params: { name: string } }>('/assets/:name', async (request, reply) => {
      const { name } = request.params;
      const asset = `assets/${name}`;
      if (!ASSET.test(name)) return sendAbsent(reply);
      if (!(read() ?? built).open.has(asset) && !(await hasSession(request, db))) return sendClosed(reply);
      void reply.removeHeader('content-type');
      // Its name changes with its content.
      return reply.sendFile(asset, { maxAge: YEAR_S * 1_000, immutable: true });
    });
  });
}

async function hasSession(request: FastifyRequest, db: Knex): Promise<boolean> {
  const token = request.cookies[SESSION_COOKIE];
  return token !== undefined && (await sessionOf(db, token)) !== undefined;
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  const nonce = randomBytes(16).toString('base64');
  return reply
    .header('content-security-policy', consolePolicy(nonce))
    .type('text/html; charset=utf-8')
    .send(withNonce(page, nonce));
}

function sendClosed(reply: FastifyReply): FastifyReply {
  const detail = 'this part of the console needs a session';
  return sendProblem(reply, { status: 401, code: 'not_logged_in', detail, fix: 'log in' });
}

function sendAbsent(reply: FastifyReply): FastifyReply {
  const fix = 'load the page again: the console was replaced by a newer one';
  return sendProblem(reply, { status: 404, code: 'not_found', detail: 'there is no such file', fix });
}
