import { describe, expect, it } from 'vitest';
import { findOurs, type ListedMessage } from '../../src/channels/sms/reconcile.ts';

const since = new Date('2026-03-01T08:00:00Z');
const deliveryId = '6f6d2b3a-0b0a-5c3e-9d53-0d3b3f6d1c11';

function listed(sid: string, body: string, secondsLater = 1): ListedMessage {
  return { sid, body, dateCreated: new Date(since.getTime() + secondsLater * 1000), subresourceUris: { media: '/m' } };
}

describe('our message in Twilio’s list', () => {
  it('is the one with our text', () => {
    const list = [listed('SM1', 'other'), listed('SM2', 'ours')];
    expect(findOurs(list, { deliveryId, since, text: 'ours' })).toEqual({ kind: 'accepted', providerId: 'SM2' });
  });

  it('is not there when only other texts are', () => {
    expect(findOurs([listed('SM1', 'other')], { deliveryId, since, text: 'ours' })).toEqual({ kind: 'not_found' });
  });

  it('is not one from before the send', () => {
    expect(findOurs([listed('SM1', 'ours', -60)], { deliveryId, since, text: 'ours' })).toEqual({ kind: 'not_found' });
  });

  it('is not one that went to the number days later', () => {
    expect(findOurs([listed('SM1', 'next wave', 2 * 86_400)], { deliveryId, since })).toEqual({ kind: 'not_found' });
  });

  it('is the only one since the send when the text is not known', () => {
    expect(findOurs([listed('SM1', 'x')], { deliveryId, since })).toEqual({ kind: 'accepted', providerId: 'SM1' });
  });

  it('cannot be told from another one without its text', () => {
    expect(findOurs([listed('SM1', 'x'), listed('SM2', 'y')], { deliveryId, since })).toEqual({ kind: 'cannot_tell' });
  });
});
