import { createHash } from 'node:crypto';
import { readInbox, type InboxMessage } from '../../channels/stand-ins/inbox.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import { openMail, type OpenedMail } from '../../channels/stand-ins/read-mail.ts';

/** A message that the local stand-ins got. `mail`: an e-mail, decoded. */
export interface ReceivedMessage {
  /** Delivery id, or a hash of the message where the sender gave none. */
  id: string;
  message: InboxMessage;
  mail: OpenedMail | null;
}

/** Where a list goes on: the time of the last message, and how many of that time were shown. */
export interface InboxPosition {
  at: string;
  shown: number;
}

/** The id of a message within its inbox. */
export function inboxId(message: InboxMessage): string {
  return message.deliveryId ?? createHash('sha256').update(JSON.stringify(message)).digest('hex').slice(0, 32);
}

/** What the stand-ins of `folder` got, newest first, after a position. */
export async function listInbox(input: {
  folder: string;
  channel?: InboxMessage['channel'] | undefined;
  to?: string | undefined;
  after: InboxPosition | null;
  limit: number;
}): Promise<ReceivedMessage[]> {
  const { folder, channel, to, after, limit } = input;
  let skipped = 0;
  const match = (message: InboxMessage): boolean => {
    if (channel !== undefined && message.channel !== channel) return false;
    if (to !== undefined && !message.to.includes(to)) return false;
    if (after === null || message.at < after.at) return true;
    if (message.at > after.at) return false;
    skipped += 1;
    return skipped > after.shown;
  };
  const holds = [
    ...(channel === undefined ? [] : [[`"channel":"${channel}"`]]),
    ...(to === undefined ? [] : [[JSON.stringify(to).slice(1, -1)]]),
  ];
  return Promise.all((await readInbox(folder, { limit, holds, match })).map(received));
}

/** One message. Throws NotFound. */
export async function inboxMessage(input: {
  folder: string;
  channel: InboxMessage['channel'];
  id: string;
}): Promise<ReceivedMessage> {
  const match = (message: InboxMessage): boolean => message.channel === input.channel && inboxId(message) === input.id;
  // A message without a delivery id is named by its hash, which only a look at the whole of it tells.
  const holds = [[JSON.stringify(input.id), '"deliveryId":null']];
  const [found] = await readInbox(input.folder, { limit: 1, holds, match });
  if (found) return received(found);
  throw new RecallwaveError(
    'NotFound',
    `there is no ${input.channel} message ${input.id} in the inbox`,
    'the newest are kept: look at the list',
  );
}

async function received(message: InboxMessage): Promise<ReceivedMessage> {
  const mail = message.source === undefined ? null : await openMail(message.source);
  return { id: inboxId(message), message, mail };
}
