import type { Socket } from 'node:net';
import type { SMTPServerOptions, SMTPServerSession } from 'smtp-server';
import { asDeliveryId } from '../delivery-id.ts';
import type { Fault } from './faults.ts';
import type { StandInDeps } from './stand-in-deps.ts';

type Dialogue = Required<Pick<SMTPServerOptions, 'onConnect' | 'onAuth' | 'onMailFrom' | 'onRcptTo' | 'onData'>>;
type Done = (error?: Error | null) => void;

/** The part of smtp-server's connection that faults reach around its handlers for. */
interface Connection {
  session: SMTPServerSession;
  _socket: Socket;
  send: () => void;
}

/** The answers of the SMTP stand-in: everything is taken and recorded, unless a fault strikes. */
export function createDialogue(deps: StandInDeps, connections: () => Iterable<unknown>): Dialogue {
  const { faults } = deps;

  function connectionOf(session: SMTPServerSession): Connection | undefined {
    for (const one of connections() as Iterable<Connection>) if (one.session.id === session.id) return one;
    return undefined;
  }

  function meet(fault: Fault | undefined, session: SMTPServerSession, done: Done): void {
    if (fault === undefined) return done();
    setTimeout(() => strike(fault, connectionOf(session), done), fault.delayMs ?? 0);
  }

  return {
    onConnect: (session, done) => meet(faults.take('smtp', 'connect', ''), session, done),
    onAuth: ({ username = 'anyone' }, session, done) =>
      meet(faults.take('smtp', 'auth', username), session, (error) =>
        error ? done(error) : done(null, { user: username }),
      ),
    onMailFrom: ({ address }, session, done) => meet(faults.take('smtp', 'mail', address), session, done),
    onRcptTo: ({ address }, session, done) => meet(faults.take('smtp', 'rcpt', address), session, done),
    onData: (stream, session, done) => {
      const to = session.envelope.rcptTo.map((one) => one.address).join(',');
      const early = faults.take('smtp', 'data', to);
      if (early !== undefined) return refuseData(early, connectionOf(session));
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const fault = faults.take('smtp', 'dot', to);
        const delayOnly = fault?.reply === undefined && fault?.act === undefined;
        if (fault?.accepted === true || delayOnly) record(deps, to, Buffer.concat(chunks));
        meet(fault, session, (error) => done(error, '2.0.0 queued'));
      });
    },
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

/** A hang is to call nothing at all. */
function strike(fault: Fault, connection: Connection | undefined, done: Done): void {
  if (fault.reply !== undefined) {
    const [, code, text] = /^(\d{3})[ -]?(.*)$/.exec(fault.reply) ?? [];
    return done(Object.assign(new Error(text ?? fault.reply), { responseCode: Number(code ?? 451) }));
  }
  if (fault.act === undefined) return done();
  if (fault.act === 'close') connection?._socket.destroy();
  else if (fault.act === 'reset') connection?._socket.resetAndDestroy();
  else if (fault.act === 'half_reply') connection?._socket.end('250 2.0.0 que');
}

/**
 * smtp-server has no hook before 354, only one just ahead of it: an answer here ends the connection, as servers do that
 * run out of room, and a hang mutes it.
 */
function refuseData(fault: Fault, connection: Connection | undefined): void {
  if (connection === undefined) return;
  if (fault.reply !== undefined) connection._socket.end(`${fault.reply}\r\n`);
  else if (fault.act === 'hang') connection.send = () => {};
  else strike(fault, connection, () => {});
}
