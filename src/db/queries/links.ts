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

/** Where a tracked link leads; null where there is no such link. */
export async function linkTarget(db: Db, linkNo: number): Promise<string | null> {
  const [link] = await rows<{ url: string }>(db, sql`select url from tracked_links where link_no = ${linkNo}`);
  return link?.url ?? null;
}

/** A click within this many seconds of the send, or of a click on another link of the same message, is a scanner's. */
const SCANNER_SECONDS = { afterSend: 10, betweenLinks: 2 };

/**
 * Records a click on a link of a delivery. It counts as a machine's where the caller saw one, within seconds of the send, and
 * where several links of the message are opened at once (then all of these). Deliveries that we don't know are left out.
 */
export async function recordClick(
  db: Db,
  input: { deliveryId: string; linkNo: number; machine: boolean },
): Promise<void> {
  await db.transaction(async (trx) => {
    const [click] = await rows<{ click_no: number; message_no: number }>(
      trx,
      sql`insert into clicks (message_no, link_no, machine, at)
        select m.message_no, ${input.linkNo}, ${input.machine}
          or clock_timestamp() < coalesce(m.accepted_at, m.submitted_at, m.changed_at)
            + make_interval(secs => ${SCANNER_SECONDS.afterSend}::int), clock_timestamp()
        from messages m where m.delivery_id = ${input.deliveryId}
        returning click_no, message_no`,
    );
    if (!click) return;
    await rows(
      trx,
      sql`update clicks c set machine = true from clicks mine
        where mine.click_no = ${click.click_no} and c.message_no = mine.message_no
          and c.at > mine.at - make_interval(secs => ${SCANNER_SECONDS.betweenLinks}::int)
          and exists (select from clicks other where other.message_no = mine.message_no and other.link_no <> mine.link_no
            and other.at > mine.at - make_interval(secs => ${SCANNER_SECONDS.betweenLinks}::int))`,
    );
  });
}
