import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Fault, Faults, FaultService } from './faults.ts';
import { answerFcm, answerToken } from './fcm.ts';
import type { StandInDeps } from './stand-in-deps.ts';
import { createTwilio, type Twilio } from './twilio.ts';
import { answerPush } from './webpush.ts';

/** A request with its whole body, as the services below see it. */
export interface Call {
  method: string;
  url: URL;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

/** What a service answers. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
  /** Whom it was for: faults choose by it. */
  to: string;
  /** Records the acceptance; absent: refused. Called before the answer goes out. */
  accept?: () => void;
}

const SERVICES: readonly FaultService[] = ['smtp', 'twilio', 'webpush', 'fcm'];

/** Twilio's REST, web push and FCM v1 on one loopback port, with `POST|DELETE /_faults`. Resolves when it listens. */
export async function startHttp(
  deps: StandInDeps,
  options: { host: string; port: number; acceptancesFile: string },
): Promise<{ port: number; stop: () => Promise<void> }> {
  const twilio = await createTwilio(deps, options.acceptancesFile);
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://stand-in.localhost');
      const call = { method: request.method ?? 'GET', url, headers: request.headers, body: Buffer.concat(chunks) };
      if (url.pathname === '/_faults') return write(response, control(deps, request, call));
      respond(deps.faults, route(deps, twilio, call), response);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return { port, stop: () => stop(server) };
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

type Routed = Answer & { service?: FaultService };

function route(deps: StandInDeps, twilio: Twilio, call: Call): Routed {
  const { pathname } = call.url;
  if (pathname === '/token') return answerToken();
  if (pathname.startsWith('/2010-04-01/')) return { service: 'twilio', ...twilio(call) };
  if (pathname.startsWith('/push/')) return { service: 'webpush', ...answerPush(deps, call) };
  if (pathname.endsWith('/messages:send')) return { service: 'fcm', ...answerFcm(deps, call) };
  return { status: 404, to: '', body: { error: `nothing at ${pathname}` } };
}

/** Faults strike only what would have been accepted, so that a bad request still shows. */
function respond(faults: Faults, good: Routed, response: ServerResponse): void {
  const { accept, service } = good;
  if (accept === undefined || service === undefined) return write(response, good);
  const fault = faults.take(service, 'request', good.to);
  const delayOnly = fault?.status === undefined && fault?.act === undefined;
  if (fault?.accepted === true || delayOnly) accept();
  if (fault === undefined) return write(response, good);
  setTimeout(() => strike(fault, good, response), fault.delayMs ?? 0);
}

function strike(fault: Fault, good: Answer, response: ServerResponse): void {
  if (fault.status !== undefined) {
    const { status, headers, body } = fault;
    return write(response, { status, to: '', body: body ?? {}, ...(headers && { headers }) });
  }
  if (fault.act === 'hang') return;
  if (fault.act === 'reset') response.socket?.resetAndDestroy();
  else if (fault.act === 'close') response.socket?.destroy();
  else if (fault.act === 'half_reply') response.socket?.end('HTTP/1.1 201 Crea');
  else write(response, good);
}

function write(response: ServerResponse, reply: Answer): void {
  const body = reply.body === undefined ? '' : JSON.stringify(reply.body);
  response.writeHead(reply.status, {
    ...(body !== '' && { 'Content-Type': 'application/json' }),
    'Content-Length': Buffer.byteLength(body),
    ...reply.headers,
  });
  response.end(body);
}

/** `POST /_faults {"service":"smtp","reply":"451 4.3.0 later"}`; `DELETE /_faults` forgets all. */
function control(deps: StandInDeps, request: IncomingMessage, call: Call): Answer {
  if (!/^(::ffff:)?127\.|^::1$/.test(request.socket.remoteAddress ?? '')) return { status: 403, to: '' };
  if (call.method === 'DELETE') {
    deps.faults.clear();
    return { status: 204, to: '' };
  }
  try {
    const { service, ...fault } = JSON.parse(call.body.toString()) as Fault & { service: FaultService };
    if (!SERVICES.includes(service)) throw new Error(`service must be one of ${SERVICES.join(', ')}`);
    deps.faults.next(service, fault);
    return { status: 204, to: '' };
  } catch (error) {
    return { status: 400, to: '', body: { error: error instanceof Error ? error.message : 'bad request' } };
  }
}
