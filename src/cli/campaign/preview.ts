import { readFile, writeFile } from 'node:fs/promises';
import { Option, type Command } from 'commander';
import { type Preview, previewMessage, type PreviewInput } from '../../app/campaigns/preview.ts';
import { readSeedList, type TestChannel } from '../../app/campaigns/test-recipients.ts';
import { testSend, type TestSendReport } from '../../app/campaigns/test-send.ts';
import { liveNote } from '../../config/live.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import { CHANNELS, type ChannelName } from '../../domain/words.ts';
import type { Cli, RunCommand } from '../cli.ts';
import { count } from '../format/options.ts';

interface TextFlags {
  user?: string;
  action?: string;
  arm?: string;
  step?: number;
  locale?: string;
}

interface PreviewFlags extends TextFlags {
  channel?: ChannelName;
  html?: string;
}

interface TestFlags extends TextFlags {
  channel: TestChannel;
  to?: string[];
  seeds?: string;
}

/** Adds `preview` and `test-send` to the group `recallwave campaign`. */
export function registerPreviewCommands(campaign: Command, run: RunCommand): void {
  withTextOptions(campaign.command('preview <file-or-id>'))
    .description('show a message as a user would get it; nothing is written or sent')
    .addOption(new Option('--channel <channel>', 'default: the first of the step').choices(CHANNELS))
    .option('--html <file>', 'write the HTML of an e-mail to this file')
    .action(run(preview));
  withTextOptions(campaign.command('test-send <file-or-id>'))
    .description('send a message, marked [TEST], to addresses of your own; no code, cap or figure is touched')
    .addOption(new Option('--channel <channel>').choices(['email', 'sms']).default('email'))
    .option('--to <address...>', 'where to send it')
    .option('--seeds <file>', 'more addresses, one a line')
    .action(run(sendTest));
}

function withTextOptions(command: Command): Command {
  return command
    .option('--user <user-id>', 'as this user would get it (default: somebody of whom nothing is known)')
    .option('--action <id>', "default: the one for the user's reasons and attributes")
    .option('--arm <id>', 'default: the first that is not the control')
    .option('--step <n>', 'default: 1, the first touch', count)
    .option('--locale <locale>', "default: the user's");
}

async function preview(cli: Cli, campaign: string, flags: PreviewFlags): Promise<void> {
  const shown = await previewMessage({ db: await cli.db(), config: cli.config }, inputOf(campaign, flags));
  if (flags.html !== undefined) await writeHtml(cli, shown, flags.html);
  cli.print(shown, () => describe(shown));
  shown.notes.forEach((text) => cli.note(`note: ${text}`));
}

async function sendTest(cli: Cli, campaign: string, flags: TestFlags): Promise<void> {
  const to = [...(flags.to ?? []), ...(flags.seeds === undefined ? [] : await readSeeds(flags.seeds))];
  cli.note(liveNote(cli.config));
  const report = await testSend(
    { db: await cli.db(), config: cli.config, openChannel: (name) => openChannel(cli, name) },
    { ...inputOf(campaign, flags), channel: flags.channel, to, actor: cli.actor },
  );
  cli.print(report, () => describeSent(report));
  report.notes.forEach((text) => cli.note(`note: ${text}`));
  if (report.sent.every((each) => each.result === 'accepted')) return;
  if (report.standIn) cli.note('fix: the local stand-ins run with `recallwave start`');
  cli.setExitCode(1);
}

function inputOf(campaign: string, flags: PreviewFlags | TestFlags): PreviewInput {
  const { user, action, arm, step, channel, locale } = flags;
  return { campaign, userId: user, action, arm, step, channel, locale, now: new Date() };
}

async function openChannel(cli: Cli, name: TestChannel) {
  const { openOneChannel } = await import('../../channels/open-one-channel.ts');
  return openOneChannel(cli.config, name);
}

async function readSeeds(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new RecallwaveError('NotFound', `the seed list ${file} cannot be read`, 'check its name');
  });
  return readSeedList(text);
}

async function writeHtml(cli: Cli, shown: Preview, file: string): Promise<void> {
  if (shown.content.channel !== 'email') {
    throw new RecallwaveError('BadInput', `--html: this is ${shown.channel}, not an e-mail`, 'add --channel email');
  }
  await writeFile(file, shown.content.html);
  cli.note(`HTML written to ${file}`);
}

function describe(shown: Preview): string {
  return [headline(shown), '', ...contentLines(shown)].join('\n');
}

function headline(shown: Omit<Preview, 'content'>): string {
  const version = shown.version === null ? 'from the file' : `version ${shown.version}`;
  const whom = shown.userId === null ? 'nobody in particular' : `user ${shown.userId}`;
  return `${shown.campaign} (${version}) · ${shown.action}/${shown.arm} step ${shown.step} · ${shown.channel} ${shown.locale} · for ${whom}`;
}

function contentLines({ content, segments }: Preview): string[] {
  switch (content.channel) {
    case 'email':
      return [`Subject: ${content.subject}`, '', content.text];
    case 'sms':
      return [content.text, '', `${segments} segment(s)`];
    case 'push':
      return [content.title, content.body, content.url];
    case 'task':
      return [content.title, '', content.body, `due in ${content.dueIn}`];
  }
}

function describeSent(report: TestSendReport): string {
  const where = report.standIn ? 'to the local stand-in; read it with: recallwave inbox list' : 'for real';
  return [
    headline(report),
    ...report.sent.map((each) => `${each.result} ${each.to} ${each.detail}`),
    `sent ${where}`,
  ].join('\n');
}
