import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { ApiProblem } from './problem.ts';

/** Query of a list: where to go on, and how many. */
export const pageQuery = z.object({
  cursor: z.string().max(1_000).optional().describe('`next` of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** One page of a list. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    next: z.string().nullable().describe('cursor of the next page; null: the last'),
  });
}

/** What a cursor is bound to: another list, or the same with other filters, refuses it. */
export interface ListKey {
  secret: string;
  list: string;
  filters?: Readonly<Record<string, unknown>>;
}

const MAC_BYTES = 12;

function mac({ secret, list, filters }: ListKey, payload: string): Buffer {
  const bound = JSON.stringify([list, Object.entries(filters ?? {}).filter(([, value]) => value !== undefined)]);
  return createHmac('sha256', secret).update(`recallwave:cursor:${bound}:${payload}`).digest().subarray(0, MAC_BYTES);
}

/** The cursor after a row, from the values that it is sorted by. */
export function writeCursor(key: ListKey, position: readonly (string | number | null)[]): string {
  const payload = JSON.stringify(position);
  return `${Buffer.from(payload, 'utf8').toString('base64url')}.${mac(key, payload).toString('base64url')}`;
}

/** The position in a cursor, checked by `shape`; undefined without one. Throws a 400 for one of another list, of other filters, or damaged. */
export function readCursor<Shape extends z.ZodType>(
  key: ListKey,
  cursor: string | undefined,
  shape: Shape,
): z.infer<Shape> | undefined {
  if (cursor === undefined) return undefined;
  const [encoded = '', signature = ''] = cursor.split('.');
  const payload = Buffer.from(encoded, 'base64url').toString('utf8');
  const [given, expected] = [Buffer.from(signature, 'base64url'), mac(key, payload)];
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw foreign();
  const position = shape.safeParse(JSON.parse(payload));
  if (!position.success) throw foreign();
  return position.data;
}

function foreign(): ApiProblem {
  return new ApiProblem({
    status: 400,
    code: 'cursor_foreign',
    detail: 'this cursor is not of this list with these filters',
    fix: 'begin again without cursor',
  });
}

/** Cuts a page out of `limit + 1` rows. `position`: what the list is sorted by. */
export function cutPage<Row, Item>(
  rows: readonly Row[],
  input: { key: ListKey; limit: number; position: (row: Row) => (string | number | null)[]; item: (row: Row) => Item },
): { items: Item[]; next: string | null } {
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  const more = rows.length > input.limit && last !== undefined;
  return { items: page.map(input.item), next: more ? writeCursor(input.key, input.position(last)) : null };
}
