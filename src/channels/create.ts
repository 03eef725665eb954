import type { Config } from '../config/config.ts';
import type { ChannelName } from '../domain/words.ts';
import type { Channel } from './channel.ts';
import type { SmtpEndpoint } from './email/smtp-url.ts';
import type { InsertTask } from './task/task-channel.ts';

/** What channels need from outside. */
export interface ChannelDeps {
  config: Config;
  tasks: { insertTask: InsertTask };
}

// A number of Twilio's test range: the stand-in takes any.
const STAND_IN_TWILIO = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'stand-in', from: '+15005550006' };

/**
 * All channels: the provider where `live` is on and credentials are there, else the local stand-in. Libraries load here and
 * not before, so that commands which send nothing start quickly.
 */
export async function createChannels({ config, tasks }: ChannelDeps): Promise<Map<ChannelName, Channel>> {
  const [email, sms, { createPush }, { createTaskChannel }] = await Promise.all([
    createEmail(config),
    createSms(config),
    import('./push/create-push.ts'),
    import('./task/task-channel.ts'),
  ]);
  const push = await createPush(config, standInUrl(config));
  const task = createTaskChannel({ insertTask: tasks.insertTask, concurrency: config.concurrency.task });
  return new Map([email, sms, push, task].map((channel) => [channel.name, channel]));
}

async function createEmail(config: Config): Promise<Channel> {
  const [{ createEmailChannel }, { readSmtpUrl }] = await Promise.all([
    import('./email/email-channel.ts'),
    import('./email/smtp-url.ts'),
  ]);
  const live = config.live ? config.smtp : undefined;
  return createEmailChannel({
    endpoint: live === undefined ? standInEndpoint(config) : readSmtpUrl(live.url),
    standIn: live === undefined,
    concurrency: config.concurrency.email,
    // Signed towards the stand-in too, so that what is tried is what will be sent.
    dkim: config.smtp?.dkim,
  });
}

function standInEndpoint(config: Config): SmtpEndpoint {
  return {
    host: config.standIns.host,
    port: config.standIns.smtpPort,
    secure: false,
    requireTLS: false,
    ignoreTLS: true,
    auth: undefined,
    name: 'recallwave.localhost',
    bounce: undefined,
  };
}

async function createSms(config: Config): Promise<Channel> {
  const { createSmsChannel } = await import('./sms/sms-channel.ts');
  const live = config.live ? config.twilio : undefined;
  return createSmsChannel({
    ...(live ?? { ...STAND_IN_TWILIO, messagingServiceSid: undefined }),
    standInUrl: live === undefined ? standInUrl(config) : undefined,
    publicUrl: config.publicUrl,
    concurrency: config.concurrency.sms,
  });
}

function standInUrl(config: Config): string {
  return `http://${config.standIns.host}:${config.standIns.httpPort}`;
}
