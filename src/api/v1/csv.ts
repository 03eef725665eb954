import type { FastifyReply, FastifyRequest } from 'fastify';

/** Columns of a list as CSV: a heading and what a row has there. */
export type CsvColumns<Item> = readonly (readonly [
  heading: string,
  value: (item: Item) => string | number | boolean | Date | null,
])[];

/** Whether the caller would rather have CSV than JSON. */
export function wantsCsv(request: FastifyRequest): boolean {
  return /^\s*text\/csv\b/i.test(request.headers.accept ?? '');
}

/** Answers a page as CSV (RFC 4180); the cursor of the next one is in the header `x-next-cursor`. */
export function sendCsv<Item>(
  reply: FastifyReply,
  page: { items: readonly Item[]; next: string | null },
  columns: CsvColumns<Item>,
): FastifyReply {
  const lines = [columns.map(([heading]) => heading), ...page.items.map((item) => columns.map(([, of]) => of(item)))];
  if (page.next !== null) void reply.header('x-next-cursor', page.next);
  return reply
    .type('text/csv; charset=utf-8')
    .serializer((body: unknown) => String(body))
    .send(lines.map((line) => `${line.map(csvCell).join(',')}\r\n`).join(''));
}

/** One cell: quoted where it must be, and never read as a formula by a spreadsheet. */
export function csvCell(value: string | number | boolean | Date | null): string {
  if (value === null) return '';
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'string') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
