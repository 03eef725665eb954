import { InvalidArgumentError, type Command } from 'commander';
import {
  addWebhook,
  pauseWebhook,
  removeWebhook,
  retryWebhook,
  rotateWebhook,
  testWebhook,
  webhookDeliveries,
  webhooks,
  type WebhookRow,
} from '../../app/webhooks/webhooks.ts';
import { WEBHOOK_EVENTS, type WebhookEvent } from '../../domain/webhook-events.ts';
import type { RegisterCommands, RunCommand } from '../cli.ts';
import { count } from '../format/options.ts';
import { table, tableOr } from '../format/table.ts';
import { time } from '../format/time.ts';

export const register: RegisterCommands = (program, run) => {
  const webhook = program.command('webhook').description('signed outgoing webhooks of tasks');
  registerLooks(webhook, run);
  registerAdd(webhook, run);
  registerChanges(webhook, run);
};

const NUMBER = ['<webhook>', 'its number', count] as const;

function registerLooks(webhook: Command, run: RunCommand): void {
  webhook
    .command('list')
    .description('the webhooks, those that were removed too')
    .action(
      run(async (cli) => {
        const found = await webhooks(await cli.db());
        cli.print({ webhooks: found }, () =>
          tableOr('no webhook yet; add one with `recallwave webhook add URL`', HEAD, found.map(line)),
        );
      }),
    );
  webhook
    .command('deliveries')
    .argument(...NUMBER)
    .description('what it was told, newest first, and what became of it')
    .option('--limit <n>', 'how many', count, 50)
    .action(
      run(async (cli, webhookNo: number, { limit }: { limit: number }) => {
        const deliveries = await webhookDeliveries({ db: await cli.db(), webhookNo, beforeNo: null, limit });
        cli.print({ deliveries }, () =>
          tableOr(
            'it was told nothing yet: tasks are told when they are made and change',
            ['delivery', 'event', 'task', 'tries', 'delivered', 'next try', 'status', 'error'],
            deliveries.map((row) => [
              String(row.deliveryNo),
              row.event,
              String(row.taskNo),
              row.tries,
              time(row.deliveredAt),
              row.deliveredAt === null && row.nextAt === null ? 'given up' : time(row.nextAt),
              row.lastStatus === null ? null : String(row.lastStatus),
              row.lastError,
            ]),
          ),
        );
      }),
    );
}

function registerAdd(webhook: Command, run: RunCommand): void {
  webhook
    .command('add')
    .argument('<url>', 'https address, or one on this machine')
    .description('add a webhook and print its secret, this once')
    .option(
      '--event <event>',
      `of what it is told: ${WEBHOOK_EVENTS.join(', ')} (may be repeated; default: all)`,
      event,
    )
    .action(
      run(async (cli, url: string, options: { event?: WebhookEvent[] }) => {
        const events = options.event ?? WEBHOOK_EVENTS;
        const made = await addWebhook({ db: await cli.db(), url, events, live: cli.config.live, actor: cli.actor });
        cli.print(made, () => made.secret);
        cli.note(`webhook ${made.webhook.webhookNo} is there; its secret is shown this once (docs/webhooks.md)`);
      }),
    );
  webhook
    .command('rotate')
    .argument(...NUMBER)
    .description('make a new secret and print it, this once; the old one signs nothing more')
    .action(
      run(async (cli, webhookNo: number) => {
        const made = await rotateWebhook({ db: await cli.db(), webhookNo, actor: cli.actor });
        cli.print(made, () => made.secret);
      }),
    );
}

function registerChanges(webhook: Command, run: RunCommand): void {
  for (const [verb, paused, description] of [
    ['pause', true, 'tell it nothing until it is resumed; what comes meanwhile waits'],
    ['resume', false, 'tell it what waited, and go on'],
  ] as const) {
    webhook
      .command(verb)
      .argument(...NUMBER)
      .description(description)
      .action(
        run(async (cli, webhookNo: number) => {
          const changed = await pauseWebhook({ db: await cli.db(), webhookNo, paused, actor: cli.actor });
          cli.print(changed, () => table(HEAD, [line(changed)]));
        }),
      );
  }
  webhook
    .command('remove')
    .argument(...NUMBER)
    .description('tell it nothing more, for good')
    .action(
      run(async (cli, webhookNo: number) => {
        await removeWebhook({ db: await cli.db(), webhookNo, actor: cli.actor });
        cli.print({ webhookNo, removed: true }, () => `webhook ${webhookNo} is removed`);
      }),
    );
  webhook
    .command('retry')
    .argument(...NUMBER)
    .description('send once more what was given up')
    .action(
      run(async (cli, webhookNo: number) => {
        const again = await retryWebhook({ db: await cli.db(), webhookNo, actor: cli.actor });
        cli.print({ webhookNo, again }, () => `${again} deliveries are due once more`);
      }),
    );
  webhook
    .command('test')
    .argument(...NUMBER)
    .description('send a signed event `test` without a task; exit 1 where the receiver does not take it')
    .action(
      run(async (cli, webhookNo: number) => {
        const { live } = cli.config;
        const answer = await testWebhook({ db: await cli.db(), webhookNo, live, now: new Date() });
        cli.print(answer, () =>
          answer.ok ? `taken (${answer.status})` : `not taken: ${answer.error ?? answer.status}`,
        );
        if (!answer.ok) cli.setExitCode(1);
      }),
    );
}

function event(value: string, before: WebhookEvent[] = []): WebhookEvent[] {
  const found = WEBHOOK_EVENTS.find((one) => one === value);
  if (found === undefined) throw new InvalidArgumentError(`the events are ${WEBHOOK_EVENTS.join(', ')}.`);
  return [...before, found];
}

const HEAD = ['webhook', 'address', 'events', 'state', 'waiting', 'given up', 'by'];

function line(row: WebhookRow): (string | number)[] {
  const state = row.removedAt !== null ? 'removed' : row.pausedAt !== null ? 'paused' : 'active';
  return [String(row.webhookNo), row.url, row.events.join(', '), state, row.waiting, row.givenUp, row.actor];
}
