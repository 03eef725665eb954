import type { Knex } from 'knex';
import { loadEvidence } from '../src/db/queries/evidence.ts';
import { loadReadInputs } from '../src/db/queries/read-inputs/load-read-inputs.ts';
import { aCampaign } from '../tests/support/world.ts';
import { median, type BenchResult } from './figures.ts';

const ENTRIES = 1_000_000;
const EVENTS = 5_000_000;
const DAYS = 28;
const RUNS = 5;
const TARGET = 3;
const CAMPAIGN = 'bench-read';
/** Of the first wave; the last one is mature 42 days later. */
const FROM = '2026-03-02T10:00:00Z';
const AS_OF = new Date('2026-04-20T10:00:00Z');

/** A campaign of two e-mails and a control that gets nothing, ten segments, costs and a margin. */
async function publish(db: Knex): Promise<void> {
  const mail = (id: string, share: number) => ({ id, share, steps: [{ channels: ['email' as const], contents: {} }] });
  await aCampaign(db, {
    campaign: CAMPAIGN,
    holdout: 0.05,
    actions: [
      {
        id: 'offer',
        kind: 'coupon',
        arms: [
          { ...mail('big', 0.4), offer: { cost: 5 } },
          mail('small', 0.4),
          { id: 'usual', share: 0.2, control: true },
        ],
      },
    ],
    costs: { email: 0.01, sms: 0, push: 0, task: 0, margin: 20, unsubscribe: 8 },
    goal: { event: 'purchase', windowDays: 14 },
    returnEvents: ['visit', 'purchase'],
  });
  await db.raw(
    `insert into waves (campaign_id, local_date, version, state, trigger, decision_at, audience, actor)
     select ?, (timestamptz '${FROM}' + g * interval '1 day')::date, 1, 'done', 'schedule', timestamptz '${FROM}' + g * interval '1 day', 0, 'bench'
     from generate_series(0, ?) g`,
    [CAMPAIGN, DAYS - 1],
  );
}

/** One entry a user, over 28 waves, ten segments and twelve bands; a twentieth in the exploration band. */
async function fillEntries(db: Knex): Promise<void> {
  await db.raw(
    `insert into entries (campaign_id, user_no, n, wave_no, version, warning_no, segment, score, band, action, policy_segment, policy_version,
       in_interval, assignment, arm, drawn_arm, p_global_holdout, p_holdout, p_treat, p_arm, opened_at, window_ends_at, reentry_at)
     select ?, g, 1, w.wave_no, 1, g, 'segment-' || g % 10, x.score, floor(x.score * 12), 'offer', '*', 1, x.score >= 0.5, x.assignment,
       case when x.assignment = 'arm' then x.arm end, x.arm, 0, 0.05, case when x.score >= 0.5 then 0.9 else 0.05 end,
       case when x.assignment = 'arm' then case x.arm when 'usual' then 0.2 else 0.4 end end,
       w.decision_at, w.decision_at + interval '14 days', w.decision_at + interval '44 days'
     from (
       select g, s as score, case when random() < 0.05 then 'holdout' when random() > case when s >= 0.5 then 0.9 else 0.05 end
           then 'untreated' else 'arm' end as assignment,
         (array['big', 'big', 'small', 'small', 'usual'])[1 + floor(random() * 5)] as arm
       from (select g, 0.475 + 0.525 * random() as s from generate_series(1, ?) g) y
     ) x join waves w on w.campaign_id = ? and w.local_date = date '2026-03-02' + (x.g * ${DAYS}::bigint / ${ENTRIES})::int`,
    [CAMPAIGN, ENTRIES, CAMPAIGN],
  );
  await db.raw(
    `insert into messages (delivery_id, wave_no, step, entry_no, user_no, campaign_id, channel, category, action, kind, arm, cost_minor, state,
       planned_at, expires_at, accepted_at)
     select gen_random_uuid(), wave_no, 1, entry_no, user_no, campaign_id, 'email', 'winback', action, 'coupon', arm, 1, 'DELIVERED', opened_at,
       opened_at + interval '2 days', opened_at
     from entries where arm in ('big', 'small')`,
  );
}

/**
 * What 1,000,000 users did in nine weeks around their entries, in the order in which it happened: as in the sample company half of
 * it visits and half goal events, with a few refunds, unsubscribes and complaints.
 */
async function fillEvents(db: Knex): Promise<void> {
  await db.raw(
    `insert into events (event_id, user_id, user_no, type, occurred_at, value_minor, currency, actor)
     select 'e' || g, 'u' || u, u, type, timestamptz '${FROM}' - interval '14 days' + g * (interval '63 days' / ${EVENTS}),
       case when type in ('purchase', 'refund') then round(exp(8 + random() * 2))::bigint end,
       case when type in ('purchase', 'refund') then 'USD' end, 'bench'
     from (
       select g, 1 + floor(random() * ${ENTRIES})::bigint as u,
         case when d < 0.49 then 'visit' when d < 0.98 then 'purchase' when d < 0.99 then 'refund' when d < 0.995 then 'unsubscribe'
           when d < 0.996 then 'complaint' else 'play' end as type
       from (select g, random() as d from generate_series(1, ?) g) y
     ) x order by g`,
    [EVENTS],
  );
}

/** The bare aggregate: entries, those that reached the goal in their window, and the value of that, by arm. */
async function bareAggregate(db: Knex): Promise<void> {
  await db.transaction(async (trx) => {
    await trx.raw(`set local work_mem = '256MB'`);
    await trx.raw(
      `select coalesce(e.arm, e.assignment), count(*) as entries, count(x.entry_no) as converted, sum(x.value) as value
       from entries e left join (
         select e.entry_no, sum(v.value_minor) as value
         from entries e join events v on v.user_no = e.user_no and v.occurred_at > e.opened_at and v.occurred_at <= e.window_ends_at
         where e.campaign_id = :campaign and e.window_ends_at <= :asOf and v.type = 'purchase' group by e.entry_no
       ) x on x.entry_no = e.entry_no
       where e.campaign_id = :campaign and e.window_ends_at <= :asOf group by 1`,
      { campaign: CAMPAIGN, asOf: AS_OF },
    );
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** A read, and the evidence of a learning cycle, over 1,000,000 entries and 5,000,000 events against the bare aggregate (target: ≤ 3 ×). */
export async function benchRead(db: Knex): Promise<BenchResult[]> {
  await publish(db);
  await fillEntries(db);
  await fillEvents(db);
  for (const table of ['entries', 'events', 'messages', 'waves']) await db.raw(`vacuum analyze ${table}`);
  const times = { bare: [] as number[], read: [] as number[], evidence: [] as number[] };
  for (let run = 0; run <= RUNS; run++) {
    const bare = await timed(() => bareAggregate(db));
    const read = await timed(() => loadReadInputs(db, { campaignId: CAMPAIGN, asOf: AS_OF, by: null }));
    const evidence = await timed(() => loadEvidence(db, { campaignId: CAMPAIGN, asOf: AS_OF }));
    // The first run only warms the caches.
    if (run === 0) continue;
    times.bare.push(bare);
    times.read.push(read);
    times.evidence.push(evidence);
  }
  return (['read', 'evidence'] as const).map((what) => ({
    figure: `${what} over ${ENTRIES} entries and ${EVENTS} events, ms`,
    value: median(times[what]),
    reference: median(times.bare),
    ratio: median(times[what]) / median(times.bare),
    target: `≤ ${TARGET}`,
    met: median(times[what]) / median(times.bare) <= TARGET,
  }));
}
