import { describe, expect, it } from 'vitest';
import { scheduleSpec } from '../../src/app/schedule-spec.ts';
import { aCampaign } from '../support/campaigns.ts';

const TODAY = new Date('2026-06-01T00:00:00Z');

describe('the calendar of a Schedule', () => {
  it('starts with the first local day and ends with the last one', () => {
    const campaign = aCampaign({
      timezone: 'Asia/Shanghai',
      schedule: { at: '08:00', from: '2026-07-01', until: '2026-07-31' },
    });
    const spec = scheduleSpec(campaign, TODAY);
    expect(spec.startAt?.toISOString()).toBe('2026-06-30T16:00:00.000Z');
    expect(spec.endAt?.toISOString()).toBe('2026-07-31T15:59:59.999Z');
    expect(spec.calendars).toHaveLength(1);
  });

  it('names the dates on which the clocks skip the time, an hour later', () => {
    const campaign = aCampaign({ timezone: 'America/New_York', schedule: { at: '02:30' } });
    const [, ...gaps] = scheduleSpec(campaign, TODAY).calendars ?? [];
    expect(gaps.map(({ year, month, dayOfMonth, hour, minute }) => [year, month, dayOfMonth, hour, minute])).toEqual([
      [2026, 'MARCH', 8, 3, 30],
      [2027, 'MARCH', 14, 3, 30],
      [2028, 'MARCH', 12, 3, 30],
    ]);
  });

  it('leaves out a skipped time on a day without a run', () => {
    const campaign = aCampaign({ timezone: 'America/New_York', schedule: { at: '02:30', days: ['mon'] } });
    expect(scheduleSpec(campaign, TODAY).calendars).toHaveLength(1);
  });

  it('refuses 24:00, which belongs to no date', () => {
    const campaign = aCampaign({ schedule: { at: '24:00' } });
    expect(() => scheduleSpec(campaign, TODAY)).toThrow('24:00 belongs to no date');
  });
});
