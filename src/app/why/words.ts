/** 0.5 → "0.50"; more digits where two would hide a difference. */
export function score(value: number): string {
  return Number.isInteger(value * 100) ? value.toFixed(2) : String(Math.round(value * 10_000) / 10_000);
}

/** 0.1 → "10 %". */
export function percent(share: number): string {
  return `${Math.round(share * 10_000) / 100} %`;
}

/** "2026-05-20 12:00 UTC". */
export function at(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** "email, sms and push". */
export function list(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words[0] ?? 'none';
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** All but the last four characters hidden, in a length that tells nothing. */
export function masked(code: string): string {
  return `••••${code.slice(-4)}`;
}
