import { createServer } from 'node:net';
import { keepPorts, keptPorts, type Ports } from '../../config/home-files.ts';

/** The port of `name` for this home: the one it had, unless something else listens there; then a free one, kept. */
export async function settlePort(home: string, name: keyof Ports): Promise<number> {
  const ports = keptPorts(home);
  if (await isFree(ports[name])) {
    keepPorts(home, ports);
    return ports[name];
  }
  const port = await freePort();
  keepPorts(home, { ...ports, [name]: port });
  return port;
}

/** Whether nothing listens on this port of 127.0.0.1. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no free port')),
      );
    });
  });
}
