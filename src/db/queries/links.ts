import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';

/**
 * The tracked links of a campaign by name, made where they are new: `urls` maps link names to http(s) targets, the result
 * the same names to link numbers. A URL keeps its number over versions, so that links in old mails go on working.
 */
export async function linkNumbers(
  db: Db,
  input: { campaignId: string; urls: Record<string, string> },
): Promise<Record<string, number>> {
  const urls = [...new Set(Object.values(input.urls))];
  if (urls.length === 0) return {};
  await db.raw(
    `insert into tracked_links (campaign_id, url) select ?, unnest(?::text[]) on conflict (campaign_id, url) do nothing`,
    [input.campaignId, urls],
  );
  const stored = await rows<{ url: string; link_no: number }>(
    db,
    sql`select url, link_no from tracked_links where campaign_id = ${input.campaignId} and url = any(${urls})`,
  );
  const numbers = new Map(stored.map((row) => [row.url, row.link_no]));
  return Object.fromEntries(
    Object.entries(input.urls).flatMap(([name, url]) => {
      const linkNo = numbers.get(url);
      return linkNo === undefined ? [] : [[name, linkNo]];
    }),
  );
}
