import type { Actor } from '../../domain/actor.ts';
import type { LearningResult } from '../../domain/learning.ts';
import type { Db } from '../connect.ts';
import { rows, sql } from '../sql.ts';

/** First key of the advisory lock under which a campaign learns; the second is its id's hash. */
const LEARNING_LOCK = 7202;

export type CycleTrigger = 'schedule' | 'manual';

/** A learning cycle as it is kept. */
export interface StoredCycle {
  cycleNo: number;
  readNo: number;
  asOf: Date;
  trigger: CycleTrigger;
  result: LearningResult;
  actor: Actor;
  at: Date;
}

const COLUMNS = sql`cycle_no as "cycleNo", read_no as "readNo", as_of as "asOf", trigger, result, actor, at`;

/** Lets one cycle or decision of a campaign run at a time until the transaction ends. Waves don't wait for it. */
export async function lockLearning(trx: Db, campaignId: string): Promise<void> {
  await rows(trx, sql`select pg_advisory_xact_lock(${LEARNING_LOCK}, hashtext(${campaignId}))`);
}

/** Keeps a cycle with all that it was computed from; `week` is the Monday of the campaign's local week. Returns its number. */
export async function insertCycle(
  trx: Db,
  cycle: {
    campaignId: string;
    readNo: number;
    asOf: Date;
    evidence: object;
    result: LearningResult;
    trigger: CycleTrigger;
    week: string;
    actor: Actor;
  },
): Promise<number> {
  const [row] = await rows<{ cycle_no: number }>(
    trx,
    sql`insert into learning_cycles (campaign_id, read_no, as_of, evidence, result, trigger, week, actor)
      values (${cycle.campaignId}, ${cycle.readNo}, ${cycle.asOf}, ${JSON.stringify(cycle.evidence)}::jsonb,
        ${JSON.stringify(cycle.result)}::jsonb, ${cycle.trigger}, ${cycle.week}::date, ${cycle.actor})
      returning cycle_no`,
  );
  if (!row) throw new Error('an insert returned no row');
  return row.cycle_no;
}

/** The newest cycle of a campaign; null before the first. */
export async function latestCycle(db: Db, campaignId: string): Promise<StoredCycle | null> {
  const [row] = await rows<StoredCycle>(
    db,
    sql`select ${COLUMNS} from learning_cycles where campaign_id = ${campaignId} order by cycle_no desc limit 1`,
  );
  return row ?? null;
}

/** The Schedule's cycle of a local week; null where there is none yet. */
export async function cycleOfWeek(
  db: Db,
  { campaignId, week }: { campaignId: string; week: string },
): Promise<StoredCycle | null> {
  const [row] = await rows<StoredCycle>(
    db,
    sql`select ${COLUMNS} from learning_cycles
      where campaign_id = ${campaignId} and week = ${week}::date and trigger = 'schedule'`,
  );
  return row ?? null;
}

/**
 * How far the evidence went (mature entries of the action, local date of the newest wave among them) in the latest cycle that
 * could have moved each policy: nothing but its cooldown held it.
 */
export async function lastJudged(
  db: Db,
  campaignId: string,
): Promise<{ segment: string; action: string; entries: number; through: string | null }[]> {
  return rows(
    db,
    sql`select distinct on (p->>'segment', p->>'action') p->>'segment' as segment, p->>'action' as action,
        coalesce((c.evidence->'mature'->(p->>'action')->>'entries')::int, 0) as entries,
        c.evidence->'mature'->(p->>'action')->>'through' as through
      from (select cycle_no, evidence, result from learning_cycles
        where campaign_id = ${campaignId} order by cycle_no desc limit 26) c
        cross join jsonb_array_elements(c.result->'policies') p
      where not exists (select from jsonb_array_elements(p->'freezes') f where f->>'reason' <> 'cooldown')
      order by p->>'segment', p->>'action', c.cycle_no desc`,
  );
}

/** Keys of the conditions that the latest cycle met; none before the first. */
export async function latestConditions(db: Db, campaignId: string): Promise<string[]> {
  const [row] = await rows<{ conditions: string[] }>(
    db,
    sql`select evidence->'conditions' as conditions from learning_cycles
      where campaign_id = ${campaignId} order by cycle_no desc limit 1`,
  );
  return row?.conditions ?? [];
}
