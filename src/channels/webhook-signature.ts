import { createHmac } from 'node:crypto';

/** `t=<seconds>,v1=<hex HMAC-SHA256 of "t.body">`: the time lets the receiver refuse replays. */
export function signature(secret: string, seconds: number, body: string): string {
  const mac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  return `t=${seconds},v1=${mac}`;
}
