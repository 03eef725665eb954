import type { Envelope, RenderedMessage } from '../../channels/channel.ts';
import type { ClaimedMessage } from '../../db/queries/outbox/claim.ts';
import type { Settings } from '../../domain/settings.schema.ts';
import { durationMs } from '../../policy/duration.ts';
import type { RenderedContent, RenderFacts } from '../../templates/facts.ts';
import { pageUrls, trackedLinks } from '../../templates/recipient-urls.ts';
import { unsubscribeToken } from '../../templates/tokens.ts';
import type { WaveKit } from './wave-kit.ts';

/** What the texts of a wave's messages are made from, beside the message itself. */
export interface Stationery {
  kit: WaveKit;
  settings: Settings;
  /** Parsed once: settings.emailFrom. */
  sender: { name: string; address: string };
  publicUrl: string;
  linkSecret: string;
  now: Date;
}

/** The envelope of a claimed message; throws RenderError when a text lacks a fact. */
export function makeEnvelope(stationery: Stationery, message: ClaimedMessage, notAfter: Date): Envelope {
  const facts = factsOf(stationery, message);
  const { action, arm, step, channel } = message;
  const content = stationery.kit.renderer.render({ action, arm, step, channel, facts });
  return {
    deliveryId: message.deliveryId,
    messageNo: message.messageNo,
    notAfter,
    content: address({ stationery, message, unsubscribe: facts.unsubscribeUrl }, content),
  };
}

function factsOf(stationery: Stationery, message: ClaimedMessage): RenderFacts {
  const { kit, settings, publicUrl, linkSecret: secret } = stationery;
  const delivery = { secret, publicUrl, deliveryId: message.deliveryId };
  const user: RenderFacts['user'] = { userId: message.userId };
  for (const [name, value] of Object.entries(message.attributes)) {
    if (value === null || typeof value !== 'object') user[name] = value as string | number | boolean | null;
  }
  return {
    locale: kit.renderer.pickLocale(message.locale),
    user,
    warning: { segment: message.segment, reasons: message.reasons },
    coupon: message.coupon,
    company: { name: settings.company, postalAddress: settings.postalAddress },
    links: trackedLinks({ ...delivery, links: kit.links }),
    ...pageUrls(delivery),
  };
}

function address(
  to: { stationery: Stationery; message: ClaimedMessage; unsubscribe: string },
  content: RenderedContent,
): RenderedMessage {
  const { stationery, message } = to;
  switch (content.channel) {
    case 'email':
      return {
        ...content,
        from: stationery.sender,
        to: { name: nameOf(message), address: message.email ?? '' },
        unsubscribeUrl: to.unsubscribe,
        unsubscribeMailto: mailto(stationery, message.deliveryId),
      };
    case 'sms':
      return { ...content, to: message.phone ?? '', from: stationery.settings.smsFrom };
    case 'push':
      return { ...content, subscriptions: message.subscriptions };
    case 'task':
      return {
        channel: 'task',
        title: content.title,
        body: content.body,
        dueAt: new Date(stationery.now.getTime() + durationMs(content.dueIn)),
      };
  }
}

function nameOf(message: ClaimedMessage): string {
  const name = message.attributes['name'];
  return typeof name === 'string' ? name : '';
}

function mailto(stationery: Stationery, deliveryId: string): string {
  const token = unsubscribeToken(stationery.linkSecret, deliveryId);
  return `mailto:${stationery.sender.address}?subject=unsubscribe%20${token}`;
}
