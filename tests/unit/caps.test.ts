import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CapRule } from '../../src/domain/campaign.schema.ts';
import { calendarBounds } from '../../src/policy/cap-windows.ts';
import { exceededCap, joinCaps, type CapQuestion, type CountedContact } from '../../src/policy/caps.ts';
import { nextFreeSlot } from '../../src/policy/free-slot.ts';
import { allowedMinutes, isAllowed } from '../../src/policy/quiet-hours.ts';

const NOON = new Date('2026-05-20T12:00:00Z');
const HOUR = 3_600_000;

function hours(n: number): Date {
  return new Date(NOON.getTime() + n * HOUR);
}

function contact(at: Date, fields: Partial<CountedContact> = {}): CountedContact {
  return { at, channel: 'email', category: 'winback', kind: 'coupon', ...fields };
}

function question(fields: Partial<CapQuestion> = {}): CapQuestion {
  return { at: NOON, zone: 'UTC', channel: 'email', category: 'winback', kind: 'coupon', ...fields };
}

function ask(rules: CapRule[], history: CountedContact[], fields: Partial<CapQuestion> = {}): string | null {
  return exceededCap(joinCaps([{ rules }], false), history, { question: question(fields), mode: 'plan' });
}

const rule = (fields: Partial<CapRule>): CapRule => ({ id: 'r', scope: 'any', max: 1, per: '24h', ...fields });

test('a rolling window forgets a contact exactly its length later', () => {
  expect(ask([rule({})], [contact(hours(-23.99))])).toBe('cap:r');
  expect(ask([rule({})], [contact(hours(-24))])).toBeNull();
});

test('a plan also sees reservations that lie after it, a claim only what went before', () => {
  const history = [contact(hours(5))];
  const policy = joinCaps([{ rules: [rule({})] }], false);
  expect(exceededCap(policy, history, { question: question(), mode: 'plan' })).toBe('cap:r');
  expect(exceededCap(policy, history, { question: question(), mode: 'claim' })).toBeNull();
});

test("a calendar day is the user's own", () => {
  const late = contact(new Date('2026-05-19T23:30:00Z'));
  expect(ask([rule({ per: 'day' })], [late])).toBeNull();
  expect(ask([rule({ per: 'day' })], [late], { zone: 'Asia/Shanghai' })).toBe('cap:r');
});

test('an unknown zone widens the day, so that it is stricter than any zone', () => {
  const bounds = calendarBounds(NOON, null).day;
  for (const zone of ['Pacific/Kiritimati', 'Etc/GMT+12', 'UTC', 'Asia/Kolkata']) {
    const own = calendarBounds(NOON, zone).day;
    expect(bounds.from <= own.from && bounds.to >= own.to).toBe(true);
  }
});

test('scopes count their channel or category only', () => {
  const sms = [contact(hours(-1), { channel: 'sms', category: 'service' })];
  expect(ask([rule({ scope: 'channel', channel: 'sms' })], sms)).toBeNull();
  expect(ask([rule({ scope: 'channel', channel: 'sms' })], sms, { channel: 'sms' })).toBe('cap:r');
  expect(ask([rule({ scope: 'channel' })], sms)).toBeNull();
  expect(ask([rule({ scope: 'category' })], sms, { category: 'service' })).toBe('cap:r');
  expect(ask([rule({ scope: 'category', category: 'service' })], sms)).toBeNull();
});

test('transactional messages are exempt, the minimum gap and the same kind in a row are not', () => {
  const history = [contact(hours(-30))];
  expect(ask([rule({ max: 0 })], history, { category: 'transactional' })).toBeNull();
  const policy = joinCaps(
    [
      { rules: [], minGap: '36h' },
      { rules: [], minGap: '2h' },
    ],
    true,
  );
  expect(exceededCap(policy, history, { question: question(), mode: 'plan' })).toBe('min_gap');
  const older = [contact(hours(-40))];
  expect(exceededCap(policy, older, { question: question(), mode: 'plan' })).toBe('same_kind');
  expect(exceededCap(policy, older, { question: question({ kind: 'care' }), mode: 'plan' })).toBeNull();
});

test('placing messages one after another never passes a cap, whatever the history', () => {
  const per = fc.constantFrom('24h' as const, '3d' as const, 'day' as const, 'week' as const);
  const rules = fc.array(fc.record({ max: fc.integer({ min: 1, max: 3 }), per }), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(rules, fc.array(fc.integer({ min: -200, max: 100 }), { maxLength: 8 }), (drawn, old) => {
      const policy = joinCaps([{ rules: drawn.map((r, i) => rule({ ...r, id: `r${i}` })), minGap: '5h' }], false);
      const allowed = allowedMinutes([{ from: '09:00', to: '20:00' }]);
      const history: CountedContact[] = [];
      for (const h of [...old.map(hours), ...Array.from({ length: 5 }, () => NOON)]) {
        const slot = nextFreeSlot({ policy, history, question: question({ at: h }), allowed, until: hours(24 * 40) });
        if (!slot) continue;
        if (!isAllowed(slot, 'UTC', allowed) || slot < h) return false;
        if (exceededCap(policy, history, { question: question({ at: slot }), mode: 'plan' }) !== null) return false;
        history.push(contact(slot));
      }
      return policy.rules.every((r) =>
        history.every((c) => {
          const calendar = r.per === 'day' || r.per === 'week' || r.per === 'month';
          const length = r.per === '24h' ? 24 * HOUR : 72 * HOUR;
          const bounds = calendar ? calendarBounds(c.at, 'UTC')[r.per as 'day'] : null;
          const inside = history.filter((o) =>
            bounds ? o.at >= bounds.from && o.at < bounds.to : o.at > new Date(c.at.getTime() - length) && o.at <= c.at,
          );
          return inside.length <= r.max;
        }),
      );
    }),
    { numRuns: 60 },
  );
});
