import type { Socket } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { asDeliveryId } from '../delivery-id.ts';
import type { AcceptanceLog } from './acceptances.ts';
import type { Fault, FaultPoint, Faults } from './faults.ts';
import type { Inbox } from './inbox.ts';

/** What each stand-in needs: where it records, and how it shall misbehave. */
export interface StandInDeps {
  acceptances: AcceptanceLog;
  inbox: Inbox;
  faults: Faults;
}

type Done = (error?: Error | null, message?: string) => void;

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
    hideENHANCEDSTATUSCODES: true,
    size: 25 * 1024 * 1024,
    disabledCommands: options.startTls ? [] : ['STARTTLS'],
    onConnect: (session, done) => misbehave('connect', session, '', done),
    onAuth: (auth, session, done) =>
      misbehave('auth', session, auth.username ?? '', (error) =>
        error ? done(error) : done(null, { user: auth.username ?? 'anyone' }),
      ),
    onMailFrom: (address, session, done) => misbehave('mail', session, address.address, done),
    onRcptTo: (address, session, done) => misbehave('rcpt', session, address.address, done),
    onData: (stream, session, done) => takeData(stream, session, done),
  });
  const sockets = new Set<Socket>();
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    // Pipelined commands get their answers in one segment: a third of the system calls.
    socket.prependListener('data', () => {
      socket.cork();
      setImmediate(() => socket.uncork());
    });
    socket.on('close', () => sockets.delete(socket));
  });
  server.on('error', () => {}); // a client that went away; the server itself reports by `listen`

  function misbehave(at: FaultPoint, session: SMTPServerSession, to: string, done: Done): void {
    const fault = deps.faults.take('smtp', at, to);
    if (fault === undefined) return done();
    setTimeout(() => strike(server, session, fault, done), fault.delayMs ?? 0);
  }

  function takeData(stream: SMTPServerDataStream, session: SMTPServerSession, done: Done): void {
    const to = session.envelope.rcptTo.map((one) => one.address).join(',');
    const early = deps.faults.take('smtp', 'data', to);
    if (early !== undefined) return refuseData(server, session, early);
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const fault = deps.faults.take('smtp', 'dot', to);
      const source = Buffer.concat(chunks);
      const delayOnly = fault !== undefined && fault.reply === undefined && fault.act === undefined;
      if (fault === undefined || fault.accepted === true || delayOnly) record(deps, to, source);
      if (fault === undefined) return done(null, '2.0.0 queued');
      setTimeout(() => strike(server, session, fault, (error) => done(error, '2.0.0 queued')), fault.delayMs ?? 0);
    });
  }

  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
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

function record(deps: StandInDeps, to: string, source: Buffer): void {
  const text = source.toString('utf8');
  const head = text.slice(0, text.indexOf('\r\n\r\n') + 2);
  const messageId = /^message-id:\s*<([^>]+)>/im.exec(head)?.[1] ?? '';
  const deliveryId = asDeliveryId(messageId.split('@')[0]);
  const at = new Date().toISOString();
  deps.acceptances.append({ at, channel: 'email', deliveryId, id: messageId, to, bytes: source.length });
  deps.inbox.add({ at, channel: 'email', deliveryId, to, source: text });
}

function strike(server: SMTPServer, session: SMTPServerSession, fault: Fault, done: Done): void {
  if (fault.reply !== undefined) {
    const [, code, text] = /^(\d{3})[ -]?(.*)$/.exec(fault.reply) ?? [];
    return done(Object.assign(new Error(text ?? fault.reply), { responseCode: Number(code ?? 451) }));
  }
  if (fault.act === undefined) return done();
  const socket = socketOf(server, session);
  if (fault.act === 'close') socket?.destroy();
  else if (fault.act === 'reset') socket?.resetAndDestroy();
  else if (fault.act === 'half_reply') socket?.end('250 2.0.0 que');
}

/**
 * smtp-server has no hook before 354, only one just ahead of it: an answer here ends the connection, as servers do that
 * run out of room, and a hang mutes it.
 */
function refuseData(server: SMTPServer, session: SMTPServerSession, fault: Fault): void {
  const connection = connectionOf(server, session);
  if (connection === undefined) return;
  if (fault.reply !== undefined) connection._socket.end(`${fault.reply}\r\n`);
  else if (fault.act === 'hang') connection.send = () => {};
  else strike(server, session, fault, () => {});
}

interface Connection {
  session: SMTPServerSession;
  _socket: Socket;
  send: () => void;
}

function connectionOf(server: SMTPServer, session: SMTPServerSession): Connection | undefined {
  for (const one of server.connections as unknown as Set<Connection>) {
    if (one.session.id === session.id) return one;
  }
  return undefined;
}

function socketOf(server: SMTPServer, session: SMTPServerSession): Socket | undefined {
  return connectionOf(server, session)?._socket;
}
