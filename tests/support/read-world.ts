import type { Db } from '../../src/db/connect.ts';
import type { Assignment } from '../../src/domain/words.ts';
import { DAY, insert, NOON } from './world-clock.ts';
import { aUser, aWarning } from './world-people.ts';
import { aWave, aWay, anEntry } from './world-waves.ts';

/** Fields of `anEntered`; columns of the entry that aren't named have the values of `anEntry`. */
export interface EnteredFields {
  userNo?: number;
  openedAt?: Date;
  assignment?: Assignment;
  arm?: string;
  segment?: string;
  reasons?: string[];
  score?: number;
  /** The channel of the way of step 1. */
  channel?: 'email' | 'sms' | 'push' | 'task';
  columns?: Record<string, unknown>;
}

/** Entries of one campaign with the waves that their days need; each has a user of its own unless one is named. */
export class ReadWorld {
  readonly #waves = new Map<string, number>();
  #events = 0;

  constructor(
    private readonly db: Db,
    readonly campaignId = 'winback',
  ) {}

  /** The wave of an instant's day (UTC). */
  async waveOf(openedAt: Date): Promise<number> {
    const day = openedAt.toISOString().slice(0, 10);
    const known = this.#waves.get(day);
    if (known !== undefined) return known;
    const waveNo = await aWave(this.db, { campaignId: this.campaignId, decisionAt: openedAt });
    this.#waves.set(day, waveNo);
    return waveNo;
  }

  /** A user, his warning, his way and his entry, by default in arm `mail` at NOON. */
  async entered(fields: EnteredFields = {}): Promise<{ userNo: number; entryNo: number; waveNo: number }> {
    const { columns, channel, reasons, ...entry } = fields;
    const openedAt = fields.openedAt ?? NOON;
    const userNo = fields.userNo ?? (await aUser(this.db));
    const segment = fields.segment ?? 'shopper';
    const raisedAt = new Date(openedAt.getTime() - DAY);
    const warningNo = await aWarning(this.db, { userNo, segment, raisedAt, ...(reasons ? { reasons } : {}) });
    const waveNo = await this.waveOf(openedAt);
    const [last] = await this.db('entries').where({ campaign_id: this.campaignId, user_no: userNo }).max('n as n');
    const n = ((last as { n: number | null } | undefined)?.n ?? 0) + 1;
    const entryNo = await anEntry(this.db, { ...entry, campaignId: this.campaignId, userNo, waveNo, warningNo, n });
    if (columns) await this.db('entries').where({ entry_no: entryNo }).update(columns);
    await aWay(this.db, { waveNo, userNo, warningNo, entryNo, ...(channel ? { channel } : {}) });
    return { userNo, entryNo, waveNo };
  }

  /** An event of a user at `at`; values are in minor units of USD unless another currency is named. */
  async event(userNo: number, fields: { type?: string; at: Date; value?: number; currency?: string }): Promise<void> {
    const row = {
      event_id: `${this.campaignId}-${++this.#events}`,
      user_id: `of-${userNo}`,
      user_no: userNo,
      type: fields.type ?? 'purchase',
      occurred_at: fields.at,
      value_minor: fields.value ?? null,
      currency: fields.value === undefined ? null : (fields.currency ?? 'USD'),
      actor: 'test',
    };
    await insert(this.db, 'events', row, 'event_id');
  }
}
