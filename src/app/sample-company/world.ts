/** What a sample company is made from. */
export interface World {
  users: number;
  seed: string;
  now: Date;
}

/** `now` moved by days, as an import reads it. */
export function daysFrom(now: Date, days: number): string {
  return new Date(now.getTime() + days * 86_400_000).toISOString().replace(/\.\d+Z$/, 'Z');
}
