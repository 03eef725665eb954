import type { Knex } from 'knex';
import { currentSettings } from '../db/queries/settings.ts';
import { listThrottles, resumeProvider, setThrottle } from '../db/queries/throttles.ts';
import type { Actor } from '../domain/actor.ts';
import { RecallwaveError } from '../domain/failures.ts';
import { CHANNELS, type ChannelName } from '../domain/words.ts';

/** Provider of each channel, as throttles and logs name it. */
const PROVIDERS: Record<ChannelName, string> = { email: 'smtp', sms: 'twilio', push: 'push', task: 'task' };

/** What limits a channel's sending. `ratePerS` null: as fast as the provider takes messages. */
export interface ChannelThrottle {
  channel: ChannelName;
  provider: string;
  ratePerS: number | null;
  /** Set by `throttle set`, by the settings file, or by nobody. */
  from: 'throttle' | 'settings' | 'nothing';
  stoppedAt: Date | null;
  stoppedWhy: string | null;
}

/** The throttles of all channels. */
export async function throttles(db: Knex): Promise<ChannelThrottle[]> {
  const set = await listThrottles(db);
  const { settings } = await currentSettings(db);
  return CHANNELS.map((channel) => {
    const row = set.find((candidate) => candidate.provider === PROVIDERS[channel]);
    const bySettings = settings.throttle[channel] ?? null;
    const bySet = row?.ratePerS ?? null;
    return {
      channel,
      provider: PROVIDERS[channel],
      ratePerS: bySet ?? bySettings,
      from: bySet !== null ? 'throttle' : bySettings !== null ? 'settings' : 'nothing',
      stoppedAt: row?.stoppedAt ?? null,
      stoppedWhy: row?.stoppedWhy ?? null,
    };
  });
}

function providerOf(name: string): string {
  const channel = CHANNELS.find((candidate) => candidate === name || PROVIDERS[candidate] === name);
  if (channel) return PROVIDERS[channel];
  throw new RecallwaveError(
    'NotFound',
    `there is no channel or provider "${name}"`,
    `name one of ${CHANNELS.map((known) => `${known} (${PROVIDERS[known]})`).join(', ')}`,
  );
}

/** Sets messages per second over all workers; null takes the limit away (then the settings file's holds). */
export async function changeThrottle(input: {
  db: Knex;
  name: string;
  ratePerS: number | null;
  actor: Actor;
}): Promise<ChannelThrottle[]> {
  await setThrottle(input.db, { provider: providerOf(input.name), ratePerS: input.ratePerS, actor: input.actor });
  return throttles(input.db);
}

/** Lets a provider send again that was stopped (wrong credentials, suspended account); `changed` false where it wasn't. */
export async function resumeStopped(input: {
  db: Knex;
  name: string;
  actor: Actor;
  reason: string;
}): Promise<{ changed: boolean; throttles: ChannelThrottle[] }> {
  const provider = providerOf(input.name);
  const changed = await resumeProvider(input.db, { provider, actor: input.actor, reason: input.reason });
  return { changed, throttles: await throttles(input.db) };
}
