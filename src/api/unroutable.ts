import type { Socket } from 'node:net';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { sendFailure } from './plain-pages.ts';
import { sendProblem } from './v1/problem.ts';

/** Answers an address that leads to no route since it can't be decoded: a problem under /v1, else a page. */
export function answerUnroutable(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const status = error.statusCode ?? 400;
  if (!request.url.startsWith('/v1/')) {
    void sendFailure({ request, reply: reply.type('text/html; charset=utf-8'), status });
    return;
  }
  const fix = 'encode each part of the address once, as UTF-8 with % and two hex digits';
  void sendProblem(reply, { status, code: 'request_invalid', detail: 'the address is malformed', fix });
}

/** Answers what is no HTTP, or has more than 16 KB of headers; the connection is closed. */
export function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy(error);
    return;
  }
  const tooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const [status, title] = tooLarge ? [431, 'Request Header Fields Too Large'] : [400, 'Bad Request'];
  const detail = tooLarge ? 'address and headers are larger than 16 KB' : 'this is no HTTP request';
  const body = JSON.stringify({ type: 'about:blank', title, status, code: 'request_invalid', detail });
  const head = `HTTP/1.1 ${status} ${title}\r\nContent-Type: application/problem+json; charset=utf-8\r\n`;
  socket.end(`${head}Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`);
}
