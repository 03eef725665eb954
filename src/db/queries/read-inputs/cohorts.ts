import type { ImmatureCohort, NoveltyCell, ReadCell } from '../../../domain/read-inputs.ts';
import type { Db } from '../../connect.ts';
import { raw, rows, sql, type Sql } from '../../sql.ts';
import type { CampaignFacts } from './campaign-facts.ts';
import type { GroupSums } from './group-sums.ts';
import type { StrataNumbering } from './strata.ts';

/** Days whose entries are not mature at `asOf`, oldest first. */
export async function immatureCohorts(db: Db, facts: CampaignFacts): Promise<ImmatureCohort[]> {
  const found = await rows<{ day: string; entries: number; maturesAt: Date }>(
    db,
    sql`select w.local_date as day, count(*)::int as entries, max(e.window_ends_at) as "maturesAt"
      from entries e join waves w on w.wave_no = e.wave_no
      where e.campaign_id = ${facts.campaignId} and e.opened_at <= ${facts.asOf} and e.window_ends_at > ${facts.asOf}
      group by 1 order by 1`,
  );
  return found.map((row) => ({ ...row, maturesAt: row.maturesAt.toISOString() }));
}

/** First goal events by full days since the entry; recorded outcomes have no times. */
export function noveltyCells(groups: readonly GroupSums[], numbering: StrataNumbering): NoveltyCell[] {
  const cells = new Map<string, NoveltyCell>();
  for (const row of groups) {
    const { group } = row;
    const stratum = numbering.numberOf(row);
    for (const daysSince of row.goalDays ?? []) {
      const key = `${stratum}/${group}/${daysSince}`;
      const cell = cells.get(key);
      if (cell) cell.converted += 1;
      else cells.set(key, { stratum, group, daysSince, converted: 1 });
    }
  }
  const inOrder = (a: NoveltyCell, b: NoveltyCell): number =>
    a.stratum - b.stratum || (a.group < b.group ? -1 : Number(a.group > b.group)) || a.daysSince - b.daysSince;
  return [...cells.values()].toSorted(inOrder);
}

const RATE_DAYS = 28;
const DAY_MS = 86_400_000;

/**
 * Entries a calendar day, over the last 28 days that have any: a weekly wave counts as a seventh a day. The last day stands for
 * as long as the average gap before it.
 */
export function entriesPerDay(cells: readonly ReadCell[]): number {
  const byDay = new Map<string, number>();
  for (const { day, entries } of cells) byDay.set(day, (byDay.get(day) ?? 0) + entries);
  const days = [...byDay.keys()].toSorted().slice(-RATE_DAYS);
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return 0;
  const entries = days.reduce((sum, day) => sum + (byDay.get(day) ?? 0), 0);
  const span = (Date.parse(last) - Date.parse(first)) / DAY_MS;
  return days.length === 1 ? entries : entries / ((span * days.length) / (days.length - 1));
}

const FRESH_DAYS = 3;

/** ISO time of the newest event of any kind by `asOf`; null: none ever came. */
export async function newestEventAt(db: Db, asOf: Date): Promise<string | null> {
  const newest = async (after: Sql): Promise<Date | null> => {
    const [row] = await rows<{ at: Date | null }>(
      db,
      sql`select max(occurred_at) as at from events where occurred_at <= ${asOf} and occurred_at > ${after}`,
    );
    return row?.at ?? null;
  };
  // Of the last days the index knows the pages; only a feed that went stale makes it look at all events.
  const fresh = await newest(sql`${asOf}::timestamptz - make_interval(days => ${FRESH_DAYS})`);
  return (fresh ?? (await newest(raw(`'-infinity'::timestamptz`))))?.toISOString() ?? null;
}
