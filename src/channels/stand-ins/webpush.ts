import { fromTopic } from '../delivery-id.ts';
import type { Answer, Call } from './http.ts';
import { readPushPayload } from './push-keys.ts';
import type { StandInDeps } from './stand-in-deps.ts';

/** A push service (RFC 8030, 8188, 8292): checks VAPID, encoding, TTL and Topic; 201 with Location. */
export function answerPush(deps: StandInDeps, call: Call): Answer {
  const endpoint = call.url.pathname;
  const wrong = findFault(call);
  if (wrong !== undefined) return { status: wrong[0], to: endpoint, body: { message: wrong[1] } };
  const topic = String(call.headers['topic'] ?? '');
  const deliveryId = fromTopic(topic);
  const at = new Date().toISOString();
  return {
    status: 201,
    to: endpoint,
    headers: { Location: `${endpoint}/m/${topic}` },
    accept: () => {
      deps.acceptances.append({ at, channel: 'push', deliveryId, id: topic, to: endpoint, bytes: call.body.length });
      deps.inbox.add({ at, channel: 'push', deliveryId, to: endpoint, ...readPushPayload(call.body) });
    },
  };
}

function findFault(call: Call): [status: number, text: string] | undefined {
  const { headers } = call;
  if (call.method !== 'POST') return [405, 'POST only'];
  if (!/^vapid t=[\w-]+\.[\w-]+\.[\w-]+, ?k=[\w-]+$/.test(headers.authorization ?? '')) return [401, 'no VAPID header'];
  if (call.body.length > 0 && headers['content-encoding'] !== 'aes128gcm') return [415, 'Content-Encoding: aes128gcm'];
  if (!/^\d+$/.test(String(headers['ttl'] ?? ''))) return [400, 'TTL missing'];
  if (!/^[\w-]{0,32}$/.test(String(headers['topic'] ?? ''))) return [400, 'Topic: at most 32 base64url characters'];
  if (call.body.length > 4096) return [413, 'at most 4096 bytes'];
  return undefined;
}
