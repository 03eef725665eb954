import { pushSubscriptionsTable } from '../../../db/queries/imports/push-subscriptions.ts';
import { checkId, checkOneOf, type Checked } from '../fields/field.ts';
import { checked, must, type KindDefinition } from './kind.ts';

/** Hosts of the browsers' push services; `*.` stands for any host below. */
const PUSH_SERVICES = [
  'fcm.googleapis.com',
  'android.googleapis.com',
  '*.push.services.mozilla.com',
  '*.notify.windows.com',
  '*.push.apple.com',
];

/** push_subscriptions.jsonl: browsers (webpush) and apps (fcm) of users. */
export const pushSubscriptions: KindDefinition = {
  columns: { required: ['user_id', 'kind'], optional: ['endpoint', 'p256dh', 'auth', 'token'], extras: null },
  table: pushSubscriptionsTable,
  createCheck({ options }) {
    const hosts = [...PUSH_SERVICES, ...(options.pushHosts ?? [])].map((host) => host.toLowerCase());
    const check = checked(({ cells }) => {
      const [userId, kind, endpoint, p256dh, auth, token] = cells;
      const user = must('user_id', userId, checkId(userId));
      if (must('kind', kind, checkOneOf(kind, ['webpush', 'fcm'])) === 'fcm') {
        return [user, 'fcm', must('token', token, checkToken(token)), null, null];
      }
      return [
        user,
        'webpush',
        must('endpoint', endpoint, checkEndpoint(endpoint, hosts)),
        must('p256dh', p256dh, checkKey(p256dh, 65)),
        must('auth', auth, checkKey(auth, 16)),
      ];
    });
    return { check };
  },
};

function checkToken(token: string | undefined): Checked<string> {
  const value = token?.trim() ?? '';
  if (/^[\w:.~%-]{8,4096}$/.test(value)) return { value };
  return { reason: 'no FCM registration token: write it as the app got it' };
}

function checkEndpoint(text: string | undefined, hosts: readonly string[]): Checked<string> {
  const value = text?.trim() ?? '';
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || url.protocol !== 'https:' || value.length > 2048) {
    return { reason: 'no https address: write the endpoint as the browser gave it' };
  }
  if (url.username || url.password || url.port)
    return { reason: 'has a user name, password or port: no push service has' };
  const known = hosts.some((host) =>
    host.startsWith('*.') ? url.hostname.endsWith(host.slice(1)) : url.hostname === host,
  );
  if (known) return { value };
  return { reason: `${url.hostname} is no known push service: allow a host of your own with PUSH_HOSTS` };
}

/** Base64url (or base64) of that many bytes; a P-256 point begins with 4. */
function checkKey(text: string | undefined, bytes: number): Checked<string> {
  const value = (text?.trim() ?? '').replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  const key = /^[\w-]+$/.test(value) ? Buffer.from(value, 'base64url') : Buffer.alloc(0);
  if (key.length === bytes && (bytes !== 65 || key[0] === 4)) return { value };
  return { reason: `not ${bytes} bytes in base64url: write the key as the browser gave it` };
}
