import type { Knex } from 'knex';
import type { z } from 'zod';
import { openWave } from '../../src/activities/planning/open-wave.ts';
import { importFile } from '../../src/app/imports/import-file.ts';
import type { ImportKind } from '../../src/app/imports/kinds/kind.ts';
import { loadPlanContext } from '../../src/db/planning/load-context.ts';
import { planShard } from '../../src/db/planning/plan-shard.ts';
import { createZoneTable } from '../../src/db/planning/zones.ts';
import type { campaignSchema } from '../../src/domain/campaign.schema.ts';
import { seededRandom, type Random } from './seeded-random.ts';
import { aCampaign } from './world.ts';

const DAY = 86_400_000;
const BANDS = 12;

/** A segment as it really is; chances per user and outcome window. */
export interface TrueSegment {
  segment: string;
  usersPerWeek: number;
  /** Chance to reach the goal in a band. */
  goal: (band: number, treated: boolean) => number;
  unsubscribe: (treated: boolean) => number;
}

/** The entries of one wave, as outcomes are drawn for them. */
export interface TrueEntry {
  userId: string;
  segment: string;
  band: number;
  treated: boolean;
}

/** Simulated weeks of one campaign over a real database: real imports, the real planner, outcomes drawn from what is true. */
export class LearningWorld {
  readonly db: Knex;
  readonly campaignId: string;
  readonly #segments: readonly TrueSegment[];
  readonly #random: Random;
  readonly #firstMonday: Date;

  constructor(of: { db: Knex; campaignId: string; segments: readonly TrueSegment[]; firstMonday: Date; seed: number }) {
    this.db = of.db;
    this.campaignId = of.campaignId;
    this.#segments = of.segments;
    this.#firstMonday = of.firstMonday;
    this.#random = seededRandom(of.seed);
  }

  /** 05:00 UTC on the Monday of a week: when its wave is planned. */
  waveAt(week: number): Date {
    return new Date(this.#firstMonday.getTime() + week * 7 * DAY + 5 * 3_600_000);
  }

  /** An hour after the wave of the next week: the entries of `week` have just become mature. */
  learnAt(week: number): Date {
    return new Date(this.waveAt(week + 1).getTime() + 3_600_000);
  }

  /** Warnings, wave and outcomes of one week; `outcomes: false`: nothing comes in by the feed. */
  async live(week: number, { outcomes = true }: { outcomes?: boolean } = {}): Promise<void> {
    await this.#warn(week);
    await this.#plan(week);
    if (outcomes) await this.happen(week);
  }

  async #warn(week: number): Promise<void> {
    const at = this.waveAt(week);
    const raised = new Date(at.getTime() - 3_600_000).toISOString();
    const expires = new Date(at.getTime() + 5 * DAY).toISOString();
    const users: object[] = [];
    const warnings: object[] = [];
    for (const { segment, usersPerWeek } of this.#segments) {
      for (let i = 0; i < usersPerWeek; i += 1) {
        const userId = `${segment}-${week}-${i}`;
        const score = Number(((i + this.#random.next()) / usersPerWeek).toFixed(6));
        users.push({ user_id: userId, email: `${userId}@example.test`, timezone: 'UTC', consent_email: true });
        warnings.push({ user_id: userId, score, segment, raised_at: raised, expires_at: expires });
      }
    }
    await this.#import('users', users, at);
    await this.#import('warnings', warnings, at);
  }

  async #plan(week: number): Promise<void> {
    const { db, campaignId } = this;
    const decisionAt = this.waveAt(week);
    const opened = await openWave(db, {
      campaignId,
      decisionAt: decisionAt.toISOString(),
      trigger: 'manual',
      actor: 'test',
      workflowId: `test/${week}`,
    });
    const { waveNo, localDate } = opened;
    if (waveNo === null) throw new Error(`no wave in week ${week}: ${opened.reason}`);
    const context = await loadPlanContext(db, {
      campaignId,
      waveNo,
      localDate,
      step: 1,
      decisionAt,
      snapshotAt: new Date(),
    });
    const zoneTable = createZoneTable(context);
    const shards = await db('wave_shards').where({ wave_no: waveNo }).orderBy('shard_no').pluck('shard_no');
    for (const shardNo of shards) await planShard(db, context, { shardNo, zoneTable });
  }

  /** What the entries of a week did, drawn from what is true; by itself: a feed that catches up. */
  async happen(week: number): Promise<void> {
    const opened = this.waveAt(week).getTime();
    const at = (): string => new Date(opened + (0.1 + this.#random.next() * 6.8) * DAY).toISOString();
    const events: object[] = [];
    for (const entry of await this.entries(week)) {
      const truth = this.#segments.find((one) => one.segment === entry.segment);
      const event = (type: string): object => ({
        event_id: `${entry.userId}-${type}`,
        user_id: entry.userId,
        type,
        occurred_at: at(),
      });
      if (this.#random.chance(truth?.goal(entry.band, entry.treated) ?? 0)) events.push(event('purchase'));
      if (this.#random.chance(truth?.unsubscribe(entry.treated) ?? 0)) events.push(event('unsubscribe'));
    }
    await this.#import('events', events, this.learnAt(week));
  }

  /** Who entered in a week, and whom chance gave the treatment. */
  async entries(week: number): Promise<TrueEntry[]> {
    const rows = await this.db('entries as e')
      .join('users as u', 'u.user_no', 'e.user_no')
      .where({ campaign_id: this.campaignId, opened_at: this.waveAt(week) })
      .orderBy('e.entry_no')
      .select<{ user_id: string; segment: string; band: number; assignment: string }[]>(
        'u.user_id',
        'e.segment',
        'e.band',
        'e.assignment',
      );
    return rows.map(({ user_id: userId, segment, band, assignment }) => {
      return { userId, segment, band, treated: assignment === 'arm' };
    });
  }

  async #import(kind: ImportKind, rows: readonly object[], now: Date): Promise<void> {
    const input = (async function* () {
      yield rows.map((row) => JSON.stringify(row)).join('\n');
    })();
    const report = await importFile({ db: this.db, kind, input, sourceName: kind, actor: 'test', now });
    if (report.rejected > 0) throw new Error(`${report.rejected} ${kind} were rejected: see ${report.rejectsFile}`);
  }
}

/** A published campaign with one arm (a coupon of 5, margin 30, seven days' window) and the world that its people live in. */
export async function aLearningWorld(
  db: Knex,
  of: {
    segments: readonly TrueSegment[];
    campaign?: Partial<z.input<typeof campaignSchema>>;
    firstMonday?: Date;
    seed?: number;
  },
): Promise<LearningWorld> {
  const { segments } = of;
  const { campaignId } = await aCampaign(db, {
    campaign: 'learn',
    audience: { segments: segments.map(({ segment }) => segment) },
    policy: { lo: 6 / BANDS, hi: 1, inside: 0.9, outside: 0.1 },
    holdout: 0.1,
    goal: { event: 'purchase', windowDays: 7 },
    returnEvents: ['purchase'],
    costs: { margin: 30, email: 0.05, unsubscribe: 8 },
    guardrails: { unsubscribeMargin: 0.02 },
    actions: [
      {
        id: 'offer',
        kind: 'coupon',
        arms: [
          {
            id: 'mail',
            share: 1,
            offer: { cost: 5 },
            steps: [{ channels: ['email'], contents: { email: { subject: { en: 'Hello' }, mjml: 'mail.mjml' } } }],
          },
        ],
      },
    ],
    ...of.campaign,
  });
  const firstMonday = of.firstMonday ?? new Date('2026-03-02T00:00:00Z');
  return new LearningWorld({ db, campaignId, segments, firstMonday, seed: of.seed ?? 1 });
}
