import { AsyncLocalStorage } from 'node:async_hooks';
import { Agent } from 'node:http';
import twilio from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient.js';
import { readRetryAfter } from '../retry-after.ts';

/** What one send leaves behind: the SDK's own exceptions drop the headers, and don't say whether anything was written. */
export interface Exchange {
  intent: () => Promise<boolean>;
  /** `intent()` said no; nothing was written. */
  withdrawn: boolean;
  /** What `intent()` threw; nothing was written. */
  failure?: unknown;
  /** The provider's answer. */
  answer?: { status: number; code: number | undefined; retryAfterMs: number | undefined };
}

/** The exchange of the send that runs; the SDK gives no way to pass something down to its HTTP client. */
export const exchanges = new AsyncLocalStorage<Exchange>();

class NothingWritten extends Error {}

/** Twilio's HTTP client with the intent just before the write, the answer kept, and the stand-in as target where `base` is set. */
export class LateRequestClient extends twilio.RequestClient {
  readonly #base: string | undefined;

  constructor(options: { base: string | undefined; timeoutMs: number; sockets: number }) {
    // autoRetry stays off: it ignores Retry-After and would write again behind the intent's back.
    super({ timeout: options.timeoutMs, maxSockets: options.sockets, maxFreeSockets: options.sockets });
    this.#base = options.base;
    this.axios.defaults.httpAgent = new Agent({ keepAlive: true, maxSockets: options.sockets });
  }

  override async request<T>(options: RequestClient.RequestOptions<T>) {
    const target = this.#base === undefined ? options.uri : options.uri.replace('https://api.twilio.com', this.#base);
    const exchange = exchanges.getStore();
    if (exchange === undefined) return super.request<T>({ ...options, uri: target });
    await commit(exchange);
    const response = await super.request<T>({ ...options, uri: target });
    const headers = response.headers as Record<string, string | undefined> | undefined;
    exchange.answer = {
      status: response.statusCode,
      code: codeOf(response.body),
      retryAfterMs: readRetryAfter(headers?.['retry-after']),
    };
    return response;
  }
}

async function commit(exchange: Exchange): Promise<void> {
  try {
    exchange.withdrawn = !(await exchange.intent());
  } catch (error) {
    exchange.failure = error;
    throw error;
  }
  if (exchange.withdrawn) throw new NothingWritten('withdrawn');
}

function codeOf(body: unknown): number | undefined {
  const parsed: unknown = typeof body === 'string' && body.startsWith('{') ? JSON.parse(body) : body;
  if (typeof parsed !== 'object' || parsed === null || !('code' in parsed)) return undefined;
  return typeof parsed.code === 'number' ? parsed.code : undefined;
}
