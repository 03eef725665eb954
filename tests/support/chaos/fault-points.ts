import { Socket } from 'node:net';
import type { FaultName, FaultPoints } from '../../../src/activities/delivery.ts';

/** Points in SMTP's dialogue, seen on the wire; the others are named in the delivery itself. */
export const WIRE_POINTS = ['before-354', 'mid-body', 'after-dot'] as const;
type WirePoint = (typeof WIRE_POINTS)[number];

/** Ends this process by SIGKILL at the n-th hit of `name:n`; no text: never. */
export function killAt(text: string | undefined, smtpPort: number): FaultPoints {
  const [point, count] = (text ?? '').split(':');
  let left = Number(count ?? 1);
  const hit = (name: FaultName | WirePoint): void => {
    if (name !== point) return;
    left -= 1;
    if (left <= 0) process.kill(process.pid, 'SIGKILL');
  };
  if (WIRE_POINTS.includes(point as WirePoint)) watchWire(smtpPort, hit, () => point === 'mid-body' && left <= 1);
  return { hit };
}

/** libuv writes to the kernel at once, so what was written before the kill does reach the server. */
function watchWire(smtpPort: number, hit: (name: WirePoint) => void, tearNext: () => boolean): void {
  const write = Socket.prototype.write as (this: Socket, ...args: unknown[]) => boolean;
  Socket.prototype.write = function (this: Socket, ...args: unknown[]): boolean {
    const [chunk] = args;
    if (this.remotePort !== smtpPort) return write.apply(this, args);
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk as Uint8Array).toString('latin1');
    const isBody = text.includes('MIME-Version');
    if (isBody && tearNext()) write.call(this, text.slice(0, text.length / 2), 'latin1');
    if (isBody) hit('mid-body');
    const written = write.apply(this, args);
    if (text.startsWith('DATA\r\n')) hit('before-354');
    if (text.endsWith('.\r\n')) hit('after-dot');
    return written;
  };
}
