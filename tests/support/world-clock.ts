import type { Db } from '../../src/db/connect.ts';

/** The business clock of worlds that don't say otherwise: noon UTC on a Wednesday. */
export const NOON = new Date('2026-05-20T12:00:00Z');

/** A day in milliseconds. */
export const DAY = 86_400_000;

/** `time` moved by hours. */
export function hoursAfter(time: Date, hours: number): Date {
  return new Date(time.getTime() + hours * 3_600_000);
}

/** Inserts one row and returns its generated number. */
export async function insert(db: Db, table: string, row: Record<string, unknown>, key: string): Promise<number> {
  const [inserted] = (await db(table).insert(row).returning(key)) as Record<string, number>[];
  return inserted?.[key] as number;
}
