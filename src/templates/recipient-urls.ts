import type { RenderFacts } from './facts.ts';
import { linkToken, preferencesToken, surveyToken, unsubscribeToken } from './tokens.ts';

/** The delivery of previews and test sends: no message has it, so its public pages change nothing. */
export const TEST_DELIVERY_ID = '00000000-0000-5000-8000-000000000000';

/** Public URLs of one recipient's delivery; `publicUrl` is the base of the public pages, with or without a final slash. */
interface Delivery {
  secret: string;
  publicUrl: string;
  deliveryId: string;
}

/** RenderFacts.links: the tracked URL of each named link. `links`: name → number of tracked_links. */
export function trackedLinks(input: Delivery & { links: Record<string, number> }): Record<string, string> {
  const base = `${withoutSlash(input.publicUrl)}/l/`;
  const urls: Record<string, string> = {};
  for (const [name, linkNo] of Object.entries(input.links)) {
    urls[name] = base + linkToken(input.secret, { deliveryId: input.deliveryId, linkNo });
  }
  return urls;
}

/** RenderFacts.unsubscribeUrl, also the https part of List-Unsubscribe. */
export function unsubscribeUrl(input: Delivery): string {
  return `${withoutSlash(input.publicUrl)}/u/${unsubscribeToken(input.secret, input.deliveryId)}`;
}

/** The addresses of the recipient's own pages, by the names that texts call them by. */
export function pageUrls(input: Delivery): Pick<RenderFacts, 'unsubscribeUrl' | 'preferencesUrl' | 'surveyUrl'> {
  const { secret, deliveryId } = input;
  const base = withoutSlash(input.publicUrl);
  return {
    unsubscribeUrl: unsubscribeUrl(input),
    preferencesUrl: `${base}/p/${preferencesToken(secret, deliveryId)}`,
    surveyUrl: `${base}/s/${surveyToken(secret, deliveryId)}`,
  };
}

function withoutSlash(url: string): string {
  return url.endsWith('/') ? url.slice(0, -1) : url;
}
