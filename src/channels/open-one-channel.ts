import type { Config } from '../config/config.ts';
import { RecallwaveError } from '../domain/failures.ts';
import type { ChannelName } from '../domain/words.ts';
import type { Channel } from './channel.ts';

/** Opens one channel for test messages, which never make tasks; its user closes it. */
export async function openOneChannel(config: Config, name: ChannelName): Promise<Channel> {
  const { createChannels } = await import('./create.ts');
  const insertTask = () => Promise.reject(new Error('a test message makes no task'));
  const channels = await createChannels({ config, tasks: { insertTask } });
  const channel = channels.get(name);
  for (const other of channels.values()) if (other !== channel) await other.close();
  if (!channel) throw new RecallwaveError('NotFound', `there is no channel ${name}`);
  return channel;
}
