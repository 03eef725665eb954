/** ISO time of a date and time as a clock in `zone` shows it, such as 2026-11-22T09:30; the later one where the clock shows it twice. */
export function zonedToIso(local: string, zone: string): string {
  const wanted = Date.parse(`${local}:00Z`);
  // The second round settles times next to a change of the clock.
  const first = wanted - offsetAt(wanted, zone);
  return new Date(wanted - offsetAt(first, zone)).toISOString();
}

/** Milliseconds that the clock in `zone` is ahead of UTC. */
function offsetAt(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  const shown = Date.parse(
    `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}Z`,
  );
  return shown - Math.floor(at / 1_000) * 1_000;
}
