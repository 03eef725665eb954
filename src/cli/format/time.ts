/** "2026-05-20 12:00:00Z", or – for no time. */
export function time(at: Date | string | null | undefined): string {
  if (at === null || at === undefined) return '–';
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}Z`;
}

/** Seconds as "2 h 05 min", "3 min 20 s" or "12 s". */
export function seconds(value: number): string {
  const whole = Math.round(value);
  if (whole >= 3600)
    return `${Math.floor(whole / 3600)} h ${String(Math.floor((whole % 3600) / 60)).padStart(2, '0')} min`;
  return whole >= 60 ? `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s` : `${whole} s`;
}
