import type { Db } from '../db/connect.ts';
import { linkTarget, recordClick } from '../db/queries/links.ts';
import { readLinkToken } from '../templates/tokens.ts';

// Names that mail scanners, link previews and scripts give themselves.
const SCANNER =
  /bot\b|crawl|spider|scanner|preview|proxy|barracuda|mimecast|proofpoint|safelinks|fireeye|symantec|headless|curl\/|wget\/|python-|go-http-client|okhttp|java\/|node/i;

/**
 * Resolves a tracked link to its http(s) target and records the click; null for a token that isn't ours. HEAD requests and
 * scanners by their own name are recorded as machines'.
 */
export async function followLink(
  db: Db,
  input: { secret: string; token: string; method: string; userAgent: string | undefined },
): Promise<string | null> {
  const link = readLinkToken(input.secret, input.token);
  if (!link) return null;
  const target = await linkTarget(db, link.linkNo);
  if (target === null || !/^https?:\/\//i.test(target)) return null;
  const machine = input.method === 'HEAD' || !input.userAgent || SCANNER.test(input.userAgent);
  await recordClick(db, { ...link, machine });
  return target;
}
