import { isUtf8 } from 'node:buffer';
import type { Problem } from './problem.ts';

/** Content types that POST /v1/events takes. */
export const EVENT_TYPES = ['application/x-ndjson', 'application/jsonl', 'application/json'];

/** The JSON lines of a body, or what is wrong with it: lines as they are, an array one element a line. */
export function eventLines(body: Buffer, contentType: string): { lines: string } | { problem: Problem } {
  if (!isUtf8(body)) return bad('the body is not UTF-8', 'encode it as UTF-8');
  const text = body.toString('utf8').replace(/^\uFEFF/, '');
  if (text.trim() === '') return bad('the body is empty', 'send one event a line');
  if (!/^application\/json\b/i.test(contentType)) return { lines: text };
  const parsed = parse(text);
  if (!Array.isArray(parsed)) {
    return bad('the body is no JSON array', 'send an array of events, or JSON lines as application/x-ndjson');
  }
  if (parsed.length === 0) return bad('the array is empty', 'send at least one event');
  return { lines: parsed.map((event) => JSON.stringify(event)).join('\n') };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function bad(detail: string, fix: string): { problem: Problem } {
  return { problem: { status: 400, code: 'body_invalid', detail, fix } };
}
