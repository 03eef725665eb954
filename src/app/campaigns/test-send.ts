import { randomUUID } from 'node:crypto';
import type { Channel, RenderedMessage } from '../../channels/channel.ts';
import type { Config } from '../../config/config.ts';
import type { Db } from '../../db/connect.ts';
import { recordAudit } from '../../db/queries/audit.ts';
import { isKilled } from '../../db/queries/open-wave.ts';
import { currentSettings } from '../../db/queries/settings.ts';
import { addressesOfUsers } from '../../db/queries/test-sends.ts';
import type { Actor } from '../../domain/actor.ts';
import { RecallwaveError } from '../../domain/failures.ts';
import { parseSender } from '../../domain/sender.ts';
import type { Settings } from '../../domain/settings.schema.ts';
import type { RenderedContent } from '../../templates/facts.ts';
import { TEST_DELIVERY_ID, unsubscribeUrl } from '../../templates/recipient-urls.ts';
import { type Preview, previewMessage, type PreviewInput } from './preview.ts';
import { checkRecipients, type TestChannel } from './test-recipients.ts';

/** What a test send needs from outside. `openChannel` opens the channel it sends on; it is closed at the end. */
export interface TestSendDeps {
  db: Db;
  config: Config;
  openChannel(name: TestChannel): Promise<Channel>;
}

/** A preview and where it goes. */
export interface TestSendInput extends PreviewInput {
  channel: TestChannel;
  /** Addresses or numbers as typed. */
  to: readonly string[];
  actor: Actor;
}

/** What became of one test message. */
export interface TestSent {
  to: string;
  result: 'accepted' | 'refused' | 'unknown';
  detail: string;
}

/** All of a test send. `standIn`: nothing left this machine. */
export interface TestSendReport extends Omit<Preview, 'content'> {
  standIn: boolean;
  sent: TestSent[];
}

const NOT_AFTER_MS = 3_600_000;

/**
 * Sends a preview, marked [TEST], to a few addresses: no message, entry, code, cap or statistic is touched, only the audit
 * log. Throws BadInput for wrong addresses, and without --live for addresses of imported users; WaveRefused under a kill switch.
 */
export async function testSend(deps: TestSendDeps, input: TestSendInput): Promise<TestSendReport> {
  const { db, config } = deps;
  const { settings } = await currentSettings(db);
  const recipients = checkRecipients({ channel: input.channel, to: input.to, country: settings.defaultCountry });
  if (!config.live) await refuseUsers(db, { channel: input.channel, recipients });
  const { content, ...preview } = await previewMessage(deps, input);
  await refuseWhileKilled(db, preview.campaign);
  const channel = await deps.openChannel(input.channel);
  try {
    await recordAudit(db, {
      actor: input.actor,
      action: 'campaign.test-send',
      subject: preview.campaign,
      details: { channel: input.channel, recipients: recipients.length, standIn: channel.standIn },
    });
    const sent: TestSent[] = [];
    for (const to of recipients) sent.push(await sendOne(channel, addressed({ content, to, settings, config }), to));
    return { ...preview, standIn: channel.standIn, sent };
  } finally {
    await channel.close();
  }
}

async function refuseWhileKilled(db: Db, campaignId: string): Promise<void> {
  if (!(await isKilled(db, campaignId))) return;
  throw new RecallwaveError(
    'WaveRefused',
    'a kill switch is engaged: nothing is sent, test messages neither',
    'look at the text with `recallwave campaign preview`; the switch is under `recallwave kill status`',
  );
}

async function refuseUsers(db: Db, input: { channel: TestChannel; recipients: string[] }): Promise<void> {
  const users = await addressesOfUsers(db, { channel: input.channel, addresses: input.recipients });
  if (users.length === 0) return;
  throw new RecallwaveError(
    'BadInput',
    `${users.join(', ')}: test messages do not go to imported users`,
    'use addresses of your own people, or add --live if this user is one of them',
  );
}

async function sendOne(channel: Channel, content: RenderedMessage, to: string): Promise<TestSent> {
  const envelope = {
    deliveryId: randomUUID(),
    messageNo: 0,
    notAfter: new Date(Date.now() + NOT_AFTER_MS),
    content,
  };
  const answer = await channel.send(envelope, () => Promise.resolve(true));
  switch (answer.kind) {
    case 'accepted':
      return { to, result: 'accepted', detail: answer.providerId };
    case 'unknown':
      return { to, result: 'unknown', detail: answer.reason };
    case 'retry':
      return { to, result: 'refused', detail: `${answer.reason}: ${answer.evidence}` };
    case 'failed':
      return { to, result: 'refused', detail: `${answer.class}: ${answer.evidence}` };
    case 'withdrawn':
      return { to, result: 'refused', detail: 'withdrawn' };
  }
}

function addressed(message: {
  content: RenderedContent;
  to: string;
  settings: Settings;
  config: Config;
}): RenderedMessage {
  const { content, to, settings, config } = message;
  if (content.channel === 'sms') return { channel: 'sms', to, text: `[TEST] ${content.text}`, from: settings.smsFrom };
  if (content.channel !== 'email') throw new Error(`there is no test send by ${content.channel}`);
  const from = parseSender(settings.emailFrom);
  return {
    ...content,
    subject: `[TEST] ${content.subject}`,
    from,
    to: { name: '', address: to },
    unsubscribeUrl: unsubscribeUrl({
      secret: config.linkSecret,
      publicUrl: config.publicUrl,
      deliveryId: TEST_DELIVERY_ID,
    }),
    unsubscribeMailto: `mailto:${from.address}?subject=unsubscribe%20TEST`,
  };
}
