import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CapPolicy } from '../../src/policy/caps.ts';
import { ALWAYS, allowedMinutes, type AllowedMinutes } from '../../src/policy/quiet-hours.ts';
import { createRecheck, type RecheckFacts } from '../../src/policy/recheck.ts';
import { RETRY, retryDelayMs } from '../../src/policy/retry.ts';
import { crossedStopLine } from '../../src/policy/stop-lines.ts';

const NOW = new Date('2026-03-02T23:30:00Z');
const HOUR = 3_600_000;

const facts: RecheckFacts = {
  kind: 'coupon',
  zone: 'UTC',
  expiresAt: new Date(NOW.getTime() + 48 * HOUR),
  onCap: 'skip',
  consents: true,
  hasAddress: true,
  suppressed: false,
  refused: false,
  heldOut: false,
  returned: false,
  history: [],
};
const uncapped = { rules: [], minGapMs: 0, noRepeat: false };
const daily = { ...uncapped, rules: [{ id: 'any-day', scope: 'any' as const, max: 1, per: 'day' as const }] };
const night = allowedMinutes([{ from: '08:00', to: '21:00' }]);

function check(over: Partial<RecheckFacts>, rules: { caps?: CapPolicy; allowed?: AllowedMinutes } = {}) {
  const recheck = createRecheck(
    { caps: uncapped, allowed: ALWAYS, channel: 'sms', category: 'winback', ...rules },
    NOW,
  );
  return recheck({ ...facts, ...over });
}

test('a retry waits longer each time, never less than the provider asked for, and ends', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 11 }),
      fc.nat(7_200_000),
      fc.double({ min: 0, max: 0.99, noNaN: true }),
      (n, after, spread) => {
        const delay = retryDelayMs(RETRY, { attempts: n, retryAfterMs: after, spread }) ?? 0;
        expect(delay).toBeGreaterThanOrEqual(after);
        const least = retryDelayMs(RETRY, { attempts: n, spread: 0 }) ?? 0;
        expect(retryDelayMs(RETRY, { attempts: n + 1, spread: 0 }) ?? Infinity).toBeGreaterThanOrEqual(least);
      },
    ),
  );
  expect(retryDelayMs(RETRY, { attempts: 12, spread: 0 })).toBeNull();
});

test('the stop line says nothing before 100 sends and halts above its rate, not at it', () => {
  expect(crossedStopLine({ accepted: 0, failed: 99 }, { maxFailureRate: 0.2 })).toBeNull();
  expect(crossedStopLine({ accepted: 80, failed: 20 }, { maxFailureRate: 0.2 })).toBeNull();
  expect(crossedStopLine({ accepted: 79, failed: 21 }, { maxFailureRate: 0.2 })).toMatch(/^21 of 100 sends failed/);
});

test('a window that opens only after the message is stale lets it expire', () => {
  expect(check({ expiresAt: new Date(NOW.getTime() + 4 * HOUR) }, { allowed: night })).toEqual({
    kind: 'expire',
    reason: 'quiet_hours',
  });
  expect(check({}, { allowed: night })).toEqual({
    kind: 'defer',
    until: new Date('2026-03-03T08:00:00Z'),
    reason: 'quiet_hours',
  });
});

test('nobody without a zone is sent to while the channel has closed hours', () => {
  expect(check({ zone: null }, { allowed: night })).toEqual({ kind: 'suppress', reason: 'timezone_unknown' });
  expect(check({ zone: null })).toMatchObject({ kind: 'send' });
});

test('a deferral is checked afresh at the moment it moves to', () => {
  const reserved = { at: new Date('2026-03-03T12:00:00Z'), channel: 'email', category: 'winback', kind: 'coupon' };
  const rules = { caps: daily, allowed: night };
  expect(check({ history: [reserved] }, rules)).toEqual({ kind: 'suppress', reason: 'cap:any-day' });
  expect(check({ history: [reserved], onCap: 'defer' }, rules)).toEqual({
    kind: 'defer',
    until: new Date('2026-03-04T08:00:00Z'),
    reason: 'cap:any-day',
  });
});

test('a message may not go out later than its window or its own not-after, whichever is first', () => {
  const late = allowedMinutes([{ from: '08:00', to: '23:45' }]);
  expect(check({}, { allowed: late })).toEqual({ kind: 'send', notAfter: new Date('2026-03-02T23:45:00Z') });
  const expiresAt = new Date('2026-03-02T23:40:00Z');
  expect(check({ expiresAt }, { allowed: late })).toEqual({ kind: 'send', notAfter: expiresAt });
});
