import type { Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { createDialogue } from './smtp-dialogue.ts';
import type { StandInDeps } from './stand-in-deps.ts';

const MAX_MAIL_BYTES = 25 * 1024 * 1024;

/** An SMTP server that takes everything; STARTTLS only where asked for. Resolves when it listens. */
export async function startSmtp(
  deps: StandInDeps,
  options: { host: string; port: number; startTls: boolean },
): Promise<{ port: number; stop: () => Promise<void> }> {
  const server = new SMTPServer({
    name: 'stand-in.localhost',
    logger: false,
    authOptional: true,
    disableReverseLookup: true,
    hideENHANCEDSTATUSCODES: true, // faults bring their own
    size: MAX_MAIL_BYTES,
    disabledCommands: options.startTls ? [] : ['STARTTLS'],
    ...createDialogue(deps, () => server.connections),
  });
  const sockets = new Set<Socket>();
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // Pipelined commands get their answers in one segment: a third of the system calls.
    socket.prependListener('data', () => {
      socket.cork();
      setImmediate(() => socket.uncork());
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject); // stays: a client that goes away later is no error of ours
    server.listen(options.port, options.host, resolve);
  });
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    port,
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
        for (const socket of sockets) socket.destroy();
      }),
  };
}
