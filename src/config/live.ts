import type { ChannelName } from '../domain/words.ts';
import type { Config } from './config.ts';

/** Whether `channel` sends to the real provider: credentials are set and `live` is on. */
export function sendsLive(config: Config, channel: ChannelName): boolean {
  return config.live && hasCredentials(config, channel);
}

/** Where each channel sends to, and why, in words. */
export function describeTargets(config: Config): Record<ChannelName, { live: boolean; why: string }> {
  const describe = (channel: 'email' | 'sms' | 'push') => ({
    live: sendsLive(config, channel),
    why: sendsLive(config, channel)
      ? 'real provider'
      : hasCredentials(config, channel)
        ? 'local stand-in: credentials are set, but neither --live nor RECALLWAVE_LIVE=1'
        : 'local stand-in: no credentials',
  });
  return {
    email: describe('email'),
    sms: describe('sms'),
    push: describe('push'),
    task: { live: false, why: 'stored in the database' },
  };
}

/** One line for the notes of sending commands. */
export function liveNote(config: Config): string {
  const live = (['email', 'sms', 'push'] as const).filter((channel) => sendsLive(config, channel));
  return live.length === 0
    ? 'sending: nothing leaves this machine (local stand-ins)'
    : `sending: LIVE by ${live.join(', ')}; the rest goes to local stand-ins`;
}

function hasCredentials(config: Config, channel: ChannelName): boolean {
  switch (channel) {
    case 'email':
      return config.smtp !== undefined;
    case 'sms':
      return config.twilio !== undefined;
    case 'push':
      return config.vapid !== undefined || config.fcm !== undefined;
    case 'task':
      return false;
  }
}
