import { createHash } from 'node:crypto';

/** The push services of the browsers; `*.` stands for any host below. */
const PUSH_SERVICES = [
  'fcm.googleapis.com',
  'android.googleapis.com',
  'updates.push.services.mozilla.com',
  '*.push.services.mozilla.com',
  '*.notify.windows.com',
  'web.push.apple.com',
  '*.push.apple.com',
];

/** Where a web-push endpoint may be written to; undefined: not at all. */
export type RouteEndpoint = (endpoint: string) => URL | undefined;

/**
 * Endpoints come from users, so only known hosts are written to (an address of our own network would be a hole). With a
 * stand-in every allowed endpoint is written there instead, under a hash.
 */
export function createRoute(options: { hosts: readonly string[]; standInUrl: string | undefined }): RouteEndpoint {
  const allowed = [...PUSH_SERVICES, ...options.hosts];
  const standIn = options.standInUrl === undefined ? undefined : new URL(options.standInUrl);
  return (endpoint) => {
    if (!URL.canParse(endpoint)) return undefined;
    const url = new URL(endpoint);
    if (standIn !== undefined && url.host === standIn.host) return url;
    if (url.protocol !== 'https:' || !allowed.some((host) => matches(url.hostname, host))) return undefined;
    if (standIn === undefined) return url;
    return new URL(`/push/${createHash('sha256').update(endpoint).digest('base64url').slice(0, 22)}`, standIn);
  };
}

function matches(hostname: string, pattern: string): boolean {
  return pattern.startsWith('*.') ? hostname.endsWith(pattern.slice(1)) : hostname === pattern;
}
