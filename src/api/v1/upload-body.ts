import type { IncomingMessage } from 'node:http';
import { createGunzip } from 'node:zlib';
import type { V1 } from './route-module.ts';
import { ApiProblem } from './problem.ts';

/** Bytes of an uploaded file, unpacked. */
export const LARGEST_UPLOAD = 512 * 1024 * 1024;

/** Media types of files, and the format that they say. */
const FORMATS = {
  'text/csv': 'csv',
  'application/x-ndjson': 'jsonl',
  'application/jsonl': 'jsonl',
  'application/gzip': undefined,
} as const;

/** Media types that an upload may have. */
export const UPLOAD_TYPES = Object.keys(FORMATS);

/** A file as it arrives. */
export class UploadBody {
  readonly format: 'csv' | 'jsonl' | undefined;
  readonly totalBytes: number | null;
  readonly #stream: IncomingMessage;
  readonly #packed: boolean;

  constructor(stream: IncomingMessage) {
    const type = (stream.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
    this.#stream = stream;
    this.#packed = type === 'application/gzip' || stream.headers['content-encoding'] === 'gzip';
    this.format = FORMATS[type as keyof typeof FORMATS];
    const length = Number(stream.headers['content-length'] ?? Number.NaN);
    this.totalBytes = this.#packed || Number.isNaN(length) ? null : length;
  }

  /** Its bytes, unpacked. Throws ApiProblem: 413 past the limit, 422 for a broken archive, 400 for a body that is cut off. */
  async *chunks(): AsyncGenerator<Buffer> {
    if ((this.totalBytes ?? 0) > LARGEST_UPLOAD) throw tooLarge();
    const source = this.#packed ? this.#stream.pipe(createGunzip()) : this.#stream;
    let bytes = 0;
    try {
      for await (const chunk of source as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        if (bytes > LARGEST_UPLOAD) throw tooLarge();
        yield chunk;
      }
    } catch (error) {
      throw problemOf(error);
    }
  }

  /** What an Idempotency-Key is bound to: the bytes can't be, they are read once. */
  toJSON(): object {
    return { totalBytes: this.totalBytes, format: this.format ?? null };
  }
}

/** Takes files as bodies in the scope `v1`. */
export function takeUploads(v1: V1): void {
  v1.addContentTypeParser(UPLOAD_TYPES, (_request, payload, done) => done(null, new UploadBody(payload)));
}

function tooLarge(): ApiProblem {
  const detail = `the file is larger than ${LARGEST_UPLOAD / 1024 / 1024} MiB; nothing was imported`;
  const fix = 'cut it in several, or import it on the server with: recallwave import KIND FILE';
  return new ApiProblem({ status: 413, code: 'body_too_large', detail, fix });
}

function problemOf(error: unknown): unknown {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return error;
  if (code.startsWith('Z_')) {
    const fix = 'send gzip, or the file as it is as text/csv or application/x-ndjson';
    return new ApiProblem({ status: 422, code: 'input_invalid', detail: 'the archive cannot be unpacked', fix });
  }
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE') {
    return new ApiProblem({
      status: 400,
      code: 'body_cut',
      detail: 'the file was cut off; nothing was imported',
      fix: 'send it again',
    });
  }
  return error;
}
