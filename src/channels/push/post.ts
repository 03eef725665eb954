import http from 'node:http';
import https from 'node:https';

export interface PostAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

export type Post = (request: {
  url: URL;
  headers: Record<string, string>;
  body: Buffer | string;
}) => Promise<PostAnswer>;

const MAX_ANSWER = 64 * 1024;

/** POST over kept connections; rejects with the socket's error, `ETIMEDOUT` after `timeoutMs` of silence. No redirects. */
export function createPost(options: { sockets: number; timeoutMs: number }): { post: Post; close: () => void } {
  const pool = { keepAlive: true, maxSockets: options.sockets, maxFreeSockets: options.sockets };
  const agents = { 'http:': new http.Agent(pool), 'https:': new https.Agent(pool) };
  const post: Post = ({ url, headers, body }) =>
    new Promise((resolve, reject) => {
      const secure = url.protocol === 'https:';
      const agent = agents[secure ? 'https:' : 'http:'];
      const length = String(Buffer.byteLength(body));
      const request = (secure ? https : http).request(url, {
        method: 'POST',
        agent,
        timeout: options.timeoutMs,
        headers: { ...headers, 'Content-Length': length },
      });
      request.on('timeout', () => request.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })));
      request.on('error', reject);
      request.on('response', (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          if (text.length < MAX_ANSWER) text += chunk;
        });
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
      });
      request.end(body);
    });
  return {
    post,
    close: () => {
      agents['http:'].destroy();
      agents['https:'].destroy();
    },
  };
}
