import { Option } from 'commander';
import { readInbox, type InboxMessage } from '../../channels/stand-ins/inbox.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import type { RegisterCommands } from '../cli.ts';
import { count } from '../format/options.ts';
import { tableOr } from '../format/table.ts';
import { time } from '../format/time.ts';

const EMPTY = 'The inbox is empty: nothing was sent to the local stand-ins yet. `recallwave demo` sends a sample wave.';

interface ListOptions {
  channel?: InboxMessage['channel'];
  to?: string;
  limit: number;
}

export const register: RegisterCommands = (program, run) => {
  const inbox = program
    .command('inbox')
    .description('what the local stand-ins got: e-mail, SMS and push that stayed here');
  inbox
    .command('list')
    .description('the newest messages first')
    .addOption(new Option('--channel <channel>', 'only this channel').choices(['email', 'sms', 'push']))
    .option('--to <text>', 'only recipients that contain this')
    .option('--limit <number>', 'how many', count, 20)
    .action(
      run(async (cli, options: ListOptions) => {
        const found = await readInbox(cli.config.standIns.folder, { limit: options.limit, match: matcher(options) });
        const messages = await Promise.all(found.map(summary));
        cli.print({ messages }, () =>
          tableOr(
            EMPTY,
            ['at', 'channel', 'to', 'title', 'delivery'],
            messages.map((one) => [time(one.at), one.channel, one.to, clip(one.title), one.deliveryId]),
          ),
        );
      }),
    );
  inbox
    .command('show')
    .argument('<delivery>', 'delivery id, or its first characters')
    .description('one message in full')
    .addOption(new Option('--as-source', 'the MIME source of an e-mail').conflicts('asHtml'))
    .option('--as-html', 'the HTML part of an e-mail')
    .action(
      run(async (cli, delivery: string, options: { asSource?: boolean; asHtml?: boolean }) => {
        const message = await opened(await findMessage(cli.config.standIns.folder, delivery));
        cli.print(message, () => {
          if (options.asSource === true) return message.source ?? '';
          if (options.asHtml === true) return message.html ?? '';
          return letter(message);
        });
      }),
    );
};

function matcher(options: ListOptions): (message: InboxMessage) => boolean {
  const { channel, to } = options;
  return (message) =>
    (channel === undefined || message.channel === channel) && (to === undefined || message.to.includes(to));
}

async function findMessage(folder: string, delivery: string): Promise<InboxMessage> {
  const match = (message: InboxMessage): boolean => message.deliveryId?.startsWith(delivery.toLowerCase()) ?? false;
  const [found] = await readInbox(folder, { limit: 1, match });
  if (found !== undefined) return found;
  throw new RecallwaveError(
    'NotFound',
    `no message ${delivery} in the inbox`,
    'list them with `recallwave inbox list`',
  );
}

type Opened = InboxMessage & { from?: string; html?: string };

/** E-mail decoded, everything else as it is. */
async function opened(message: InboxMessage): Promise<Opened> {
  if (message.source === undefined) return message;
  const { openMail } = await import('../../channels/stand-ins/read-mail.ts');
  const { from, subject, text, html } = await openMail(message.source);
  return { ...message, from, title: subject, text, html };
}

async function summary(message: InboxMessage) {
  const { at, channel, deliveryId, to, title, text } = await opened(message);
  return { at, channel, deliveryId, to, title: title ?? text ?? '' };
}

function letter(message: Opened): string {
  const head = [
    ['channel', message.channel],
    ['at', time(message.at)],
    ['from', message.from],
    ['to', message.to],
    ['title', message.title],
    ['link', message.url],
    ['delivery', message.deliveryId],
  ].filter(([, value]) => value !== undefined && value !== null);
  return [...head.map(([name, value]) => `${String(name).padEnd(9)} ${value}`), '', message.text?.trimEnd() ?? ''].join(
    '\n',
  );
}

function clip(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 48 ? `${line.slice(0, 47)}…` : line;
}
