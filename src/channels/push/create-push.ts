import type { Config } from '../../config/config.ts';
import type { Channel } from '../channel.ts';
import { createRoute } from './endpoints.ts';
import { createFcm, type AccessToken } from './fcm.ts';
import { createPost, type Post } from './post.ts';
import { createPushChannel, standInMissing, type PushOptions } from './push-channel.ts';
import { keptVapidKeys } from './vapid-keys.ts';
import { createWebPush } from './web-push.ts';

type Senders = Pick<PushOptions, 'webPush' | 'fcm' | 'probe'>;

const TIMEOUT_MS = 30_000;

/** Web push and FCM: the real services where `live` is on and one of them is configured, else the stand-in at `standInUrl`. */
export async function createPush(config: Config, standInUrl: string): Promise<Channel> {
  const { post, close } = createPost({ sockets: config.concurrency.push, timeoutMs: TIMEOUT_MS });
  const live = config.live && (config.vapid !== undefined || config.fcm !== undefined);
  const senders = live ? await livePush(config, post) : await standInPush(config, post, standInUrl);
  return createPushChannel({ ...senders, standIn: !live, concurrency: config.concurrency.push, close });
}

async function livePush({ vapid, fcm, pushHosts }: Config, post: Post): Promise<Senders> {
  const route = createRoute({ hosts: pushHosts, standInUrl: undefined });
  const webPush = vapid === undefined ? undefined : createWebPush({ post, route, vapid });
  if (fcm === undefined) return { webPush, fcm: undefined, probe: async () => {} };
  const { createGoogleToken } = await import('./google-token.ts');
  const token: AccessToken = createGoogleToken(fcm.credentialsPath);
  return {
    webPush,
    fcm: createFcm({ post, baseUrl: 'https://fcm.googleapis.com', projectId: fcm.projectId, token }),
    probe: async () => void (await token()),
  };
}

async function standInPush(config: Config, post: Post, standInUrl: string): Promise<Senders> {
  const route = createRoute({ hosts: config.pushHosts, standInUrl });
  const vapid = config.vapid ?? (await keptVapidKeys(config.home));
  return {
    webPush: createWebPush({ post, route, vapid }),
    fcm: createFcm({ post, baseUrl: standInUrl, projectId: 'stand-in', token: async () => 'stand-in' }),
    probe: async () => {
      await post({ url: new URL('/token', standInUrl), headers: {}, body: '' }).catch(() => {
        throw standInMissing(standInUrl);
      });
    },
  };
}
