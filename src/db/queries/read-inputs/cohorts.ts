import type { ImmatureCohort, NoveltyCell, ReadCell, ReadInputs } from '../../../domain/read-inputs.ts';
import type { Db } from '../../connect.ts';
import { rows, sql } from '../../sql.ts';
import type { CampaignFacts } from './campaign-facts.ts';
import { DESIGN_COLUMNS, RECORDED_JOIN, type DesignKey } from './cells.ts';
import { mature } from './outcomes.ts';
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

interface NoveltyRow extends DesignKey {
  group: string;
  daysSince: number;
  converted: number;
}

/** First goal events by full days since the entry; recorded outcomes have no times. Needs `read_outcomes`. */
export async function noveltyCells(trx: Db, facts: CampaignFacts, numbering: StrataNumbering): Promise<NoveltyCell[]> {
  const found = await rows<NoveltyRow>(
    trx,
    sql`select ${DESIGN_COLUMNS}, coalesce(e.arm, e.assignment) as "group",
        floor(extract(epoch from o.first_goal_at - e.opened_at) / 86400)::int as "daysSince", count(*)::int as converted
      from read_outcomes o join entries e on e.entry_no = o.entry_no ${RECORDED_JOIN}
      where ${mature(facts)} and e.in_interval and o.first_goal_at is not null
      group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 order by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`,
  );
  const cells = new Map<string, NoveltyCell>();
  for (const row of found) {
    const { group, daysSince } = row;
    const stratum = numbering.numberOf(row);
    const key = JSON.stringify([stratum, group, daysSince]);
    const cell = cells.get(key) ?? { stratum, group, daysSince, converted: 0 };
    cell.converted += row.converted;
    cells.set(key, cell);
  }
  return [...cells.values()];
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

/** What the read has to remark on besides its figures. Needs `read_outcomes`. */
export async function readRemarks(
  trx: Db,
  facts: CampaignFacts,
  cappedAmounts: number,
): Promise<ReadInputs['remarks']> {
  const [counts] = await rows<{ other: number; before: number }>(
    trx,
    sql`select coalesce(sum(other_currency), 0)::int as other, coalesce(sum(before_entry), 0)::int as before from read_outcomes`,
  );
  const [newest] = await rows<{ at: Date | null }>(
    trx,
    sql`select max(occurred_at) as at from events where occurred_at <= ${facts.asOf}`,
  );
  return {
    otherCurrencyEvents: counts?.other ?? 0,
    eventsBeforeEntry: counts?.before ?? 0,
    cappedAmounts,
    newestEventAt: newest?.at?.toISOString() ?? null,
  };
}
